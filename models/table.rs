//! A model as a table of its fields: what the code that reads and writes JSON sees of it, so that this code exists once.

use std::borrow::Cow;
use std::fmt;

use super::names::{self, Names};

/// The index past all fields: there a model that keeps unknown members keeps them.
pub(crate) const UNKNOWN: usize = names::MOST;

/// A place for a JSON value.
pub(crate) enum Slot<'a> {
    Int(&'a mut i64),
    Flag(&'a mut bool),
    Text(&'a mut dyn Text),
    Choice(&'a mut dyn Choice),
    /// Any value, of which the text is kept.
    Raw(&'a mut dyn Text),
    List(&'a mut dyn List),
    Choices(&'a mut dyn Choices),
    Map(&'a mut dyn Map),
    Object(Names, &'a mut dyn Fill),
}

/// A JSON value to be written.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Int(i64),
    Flag(bool),
    Text(&'a str),
    /// A value as JSON text.
    Raw(&'a str),
    List(&'a dyn Items),
    Map(&'a dyn Members),
    Object(Names, &'a dyn Show),
}

/// A model to be filled, field by field.
pub(crate) trait Fill {
    /// The field's place, emptied. None if there is no such field, or `null` is what it is to be and can be. A choice that is
    /// to be null has yet to be told.
    fn slot(&mut self, index: usize, null: bool) -> Option<Slot<'_>>;
}

/// A model to be looked at, field by field.
pub(crate) trait Show {
    /// The field's value, if it is set.
    fn part(&self, index: usize) -> Option<Part<'_>>;
}

/// A model with the names of its fields.
pub(crate) trait Model: Fill + Show + Value {
    const NAMES: Names;
}

// A table of methods holds what drops the value, too. The one of a reference has nothing to drop, and is smaller.
impl<T: Fill> Fill for &mut T {
    fn slot(&mut self, index: usize, null: bool) -> Option<Slot<'_>> {
        T::slot(self, index, null)
    }
}

impl<T: Show> Show for &T {
    fn part(&self, index: usize) -> Option<Part<'_>> {
        T::part(self, index)
    }
}

/// A field, required or optional.
pub(crate) trait Field {
    fn fill(&mut self, null: bool) -> Option<Slot<'_>>;
    fn look(&self) -> Option<Part<'_>>;
}

/// Anything that is a string on the wire, or kept as one.
pub(crate) trait Text {
    fn set(&mut self, text: Cow<'_, str>);
}

/// One of several strings, set or not.
pub(crate) trait Choice {
    fn choose(&mut self, text: Option<&str>);
}

/// A list to be filled.
pub(crate) trait List {
    /// The place of one more item. Where there is no room for it, `grow` says how many more to make room for.
    fn next(&mut self, grow: &mut Grow<'_>) -> Option<Slot<'_>>;
}

/// A list of strings, each of which is one of several.
pub(crate) trait Choices {
    /// Adds one. None if there is no room for it, which `grow` decides as for a [`List`].
    fn add(&mut self, text: &str, grow: &mut Grow<'_>) -> Option<()>;
}

/// Tells from the number of items and the size of one by how many to grow; None if not at all.
pub(crate) type Grow<'a> = dyn FnMut(usize, usize) -> Option<usize> + 'a;

/// A list to be looked at.
pub(crate) trait Items {
    fn count(&self) -> usize;
    fn item(&self, index: usize) -> Option<Part<'_>>;
}

/// An object with any names, to be filled.
pub(crate) trait Map {
    /// The place of the member of this name.
    fn member(&mut self, name: Cow<'_, str>) -> Option<Slot<'_>>;
}

/// An object with any names, to be looked at.
pub(crate) trait Members {
    fn each(&self, visit: &mut dyn FnMut(&str, Part<'_>));
}

/// A type of a field.
pub(crate) trait Value: Sized {
    /// One to be read into.
    fn blank() -> Self;
    fn slot(&mut self) -> Slot<'_>;
    fn part(&self) -> Part<'_>;

    /// The place of a list.
    fn list(list: &mut Vec<Self>) -> Slot<'_> {
        Slot::List(list)
    }

    /// The place in an optional field.
    // Called from each field's arm: inlined there, it would be most of the code of a large model.
    #[inline(never)]
    fn fill(field: &mut Option<Self>, null: bool) -> Option<Slot<'_>> {
        if null {
            *field = None;
            return None;
        }
        Some(field.insert(Self::blank()).slot())
    }

    /// The value of an optional field.
    fn look(field: &Option<Self>) -> Option<Part<'_>> {
        field.as_ref().map(Self::part)
    }
}

/// [`Value::look`] for a type that many fields have: a call in each field's arm, where the others are inlined.
#[inline(never)]
pub(crate) fn look<T: Value>(field: &Option<T>) -> Option<Part<'_>> {
    field.as_ref().map(T::part)
}

impl<T: Value> Field for T {
    fn fill(&mut self, _: bool) -> Option<Slot<'_>> {
        *self = T::blank();
        Some(self.slot())
    }

    fn look(&self) -> Option<Part<'_>> {
        Some(self.part())
    }
}

impl<T: Value> Field for Option<T> {
    fn fill(&mut self, null: bool) -> Option<Slot<'_>> {
        T::fill(self, null)
    }

    fn look(&self) -> Option<Part<'_>> {
        T::look(self)
    }
}

impl<T: for<'a> From<&'a str>> Choice for Option<T> {
    fn choose(&mut self, text: Option<&str>) {
        *self = text.map(T::from);
    }
}

impl<T: Value> List for Vec<T> {
    fn next(&mut self, grow: &mut Grow<'_>) -> Option<Slot<'_>> {
        make_room(self, grow)?;
        let index = self.len();
        self.push(T::blank());
        self.get_mut(index).map(Value::slot)
    }
}

impl<T: for<'a> From<&'a str>> Choices for Vec<T> {
    fn add(&mut self, text: &str, grow: &mut Grow<'_>) -> Option<()> {
        make_room(self, grow)?;
        self.push(text.into());
        Some(())
    }
}

/// Makes room for one more item, if there is none.
fn make_room<T>(list: &mut Vec<T>, grow: &mut Grow<'_>) -> Option<()> {
    if list.len() == list.capacity() {
        list.reserve_exact(grow(list.len(), size_of::<T>())?);
    }
    Some(())
}

impl<T: Value> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<Part<'_>> {
        self.get(index).map(Value::part)
    }
}

impl<T: Value> Value for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        T::list(self)
    }

    fn part(&self) -> Part<'_> {
        Part::List(self)
    }
}

impl Value for i64 {
    fn blank() -> Self {
        0
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Int(self)
    }

    fn part(&self) -> Part<'_> {
        Part::Int(*self)
    }

    fn look(field: &Option<Self>) -> Option<Part<'_>> {
        look(field)
    }
}

impl Value for bool {
    fn blank() -> Self {
        false
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Flag(self)
    }

    fn part(&self) -> Part<'_> {
        Part::Flag(*self)
    }
}

impl Value for String {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }

    fn part(&self) -> Part<'_> {
        Part::Text(self)
    }

    fn look(field: &Option<Self>) -> Option<Part<'_>> {
        look(field)
    }
}

impl Text for String {
    fn set(&mut self, text: Cow<'_, str>) {
        *self = text.into_owned();
    }
}

/// Writes a model's `Debug`.
pub(crate) fn debug(
    formatter: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[&str],
    values: &[&dyn fmt::Debug],
) -> fmt::Result {
    let mut model = formatter.debug_struct(name);
    for (field, value) in fields.iter().zip(values) {
        model.field(field, value);
    }
    model.finish()
}

/// What `Debug` shows of a value that must not be seen.
pub(crate) struct Hidden;

impl fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(hidden)")
    }
}
