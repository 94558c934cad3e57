//! A model as a table of its fields: what the code that reads and writes JSON sees of it, so that this code exists once.
//!
//! The words are miniserde's, where serde has none: a [`Place`] is where a value is read into, a [`Fragment`] is a value to be
//! written. The [`Schema`] has the wire names of the fields, which are numbered in the order of their declaration. The macro
//! `model!` writes the rest for a model. For
//!
//! ```text
//! model! { pub struct Scope(name: String) { default_entry: bool } }
//! ```
//!
//! it writes
//!
//! ```text
//! impl FieldsMut for Scope {
//!     fn access(&mut self, index: usize, access: Access) -> Option<Place<'_>> {
//!         match index {
//!             0 => self.name.access_field(access),          // Place::Text(&mut self.name)
//!             1 => self.default_entry.access_field(access), // Place::Flag, or None
//!             _ => None,
//!         }
//!     }
//! }
//!
//! impl Fields for Scope {
//!     fn fragment(&self, index: usize) -> Option<Fragment<'_>> {
//!         match index {
//!             0 => self.name.field_fragment(),          // Fragment::Text(&self.name)
//!             1 => self.default_entry.field_fragment(), // Fragment::Flag, if it is set
//!             _ => None,
//!         }
//!     }
//! }
//! ```
//!
//! Reading `{"name":"email","defaultEntry":null}` goes by the schema: `name` has index 0, so the string goes into `place(0)`.
//! `defaultEntry` has index 1 and is `null`, so `clear(1)`. Writing asks for `fragment(0)`, writes `"name":` and the text, and asks
//! for `fragment(1)`, which is none, so there is nothing to write.

use std::borrow::Cow;
use std::fmt;

use super::schema::{self, Schema};

/// The index past all fields: there a model that keeps unknown members keeps them.
pub(crate) const UNKNOWN: usize = schema::MOST;

/// A place for a JSON value.
pub(crate) enum Place<'a> {
    Int(&'a mut i64),
    Flag(&'a mut bool),
    Text(&'a mut dyn Text),
    /// One of several strings.
    Choice(&'a mut dyn Choice),
    /// Any value, of which the text is kept.
    Raw(&'a mut dyn Text),
    List(&'a mut dyn SeqMut),
    /// A list of strings, each of which is one of several.
    Choices(&'a mut dyn Choices),
    Map(&'a mut dyn MapMut),
    Object(Schema, &'a mut dyn FieldsMut),
}

/// A JSON value to be written.
#[derive(Clone, Copy)]
pub(crate) enum Fragment<'a> {
    Int(i64),
    Flag(bool),
    Text(&'a str),
    /// A value as JSON text.
    Raw(&'a str),
    List(&'a dyn Seq),
    Map(&'a dyn Map),
    Object(Schema, &'a dyn Fields),
}

/// What a field is reached for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Access {
    /// To read a value into it.
    Read,
    /// To make it null.
    Clear,
}

/// The fields of a model, to be written to. Callers use [`place`](#method.place) and [`clear`](#method.clear).
pub(crate) trait FieldsMut {
    /// For [`Access::Read`] the emptied field's place, or `None` if there is no such field. For [`Access::Clear`] a field that cannot
    /// clear itself, because its place is a [`Choice`]; else `None`. One method for both keeps a model to one `match`.
    fn access(&mut self, index: usize, access: Access) -> Option<Place<'_>>;
}

impl dyn FieldsMut + '_ {
    /// Empties a field and returns its place; `None` if there is no such field.
    #[inline]
    pub(crate) fn place(&mut self, index: usize) -> Option<Place<'_>> {
        self.access(index, Access::Read)
    }

    /// Makes a field null, if it is optional.
    #[inline]
    pub(crate) fn clear(&mut self, index: usize) {
        if let Some(Place::Choice(choice)) = self.access(index, Access::Clear) {
            choice.choose(None);
        }
    }
}

/// The fields of a model, to be looked at.
pub(crate) trait Fields {
    /// The field's value, if it is set.
    fn fragment(&self, index: usize) -> Option<Fragment<'_>>;
}

/// A model with its schema.
pub(crate) trait Model: FieldsMut + Fields + Value {
    const SCHEMA: Schema;
}

// A vtable includes drop glue. A reference needs none, so its vtable is smaller than the model's.
impl<T: FieldsMut> FieldsMut for &mut T {
    fn access(&mut self, index: usize, access: Access) -> Option<Place<'_>> {
        T::access(self, index, access)
    }
}

impl<T: Fields> Fields for &T {
    fn fragment(&self, index: usize) -> Option<Fragment<'_>> {
        T::fragment(self, index)
    }
}

/// A field, required or optional.
pub(crate) trait Field {
    /// As [`FieldsMut::access`]. A required field has no null: it is emptied.
    fn access_field(&mut self, access: Access) -> Option<Place<'_>>;
    /// As [`Fields::fragment`].
    fn field_fragment(&self) -> Option<Fragment<'_>>;
}

/// Anything that is a string on the wire, or kept as one.
pub(crate) trait Text {
    fn set(&mut self, text: Cow<'_, str>);
}

/// One of several strings, set or not.
pub(crate) trait Choice {
    fn choose(&mut self, text: Option<&str>);
}

/// A list, to be added to.
pub(crate) trait SeqMut {
    /// Adds an item and returns its place. `None` if `grow` refuses to make room for it.
    fn next(&mut self, grow: &mut Grow<'_>) -> Option<Place<'_>>;
}

/// A list of strings, each of which is one of several.
pub(crate) trait Choices {
    /// Adds an item. `None` if `grow` refuses to make room for it.
    fn add(&mut self, text: &str, grow: &mut Grow<'_>) -> Option<()>;
}

/// From the number of items and the size of one: how many more items to make room for; `None` to refuse.
pub(crate) type Grow<'a> = dyn FnMut(usize, usize) -> Option<usize> + 'a;

/// A list to be looked at.
pub(crate) trait Seq {
    fn count(&self) -> usize;
    fn item(&self, index: usize) -> Option<Fragment<'_>>;
}

/// An object with any names, to be added to.
pub(crate) trait MapMut {
    /// The place of the member of this name.
    fn member(&mut self, name: Cow<'_, str>) -> Option<Place<'_>>;
}

/// An object with any names, to be looked at.
pub(crate) trait Map {
    fn each(&self, visit: &mut dyn FnMut(&str, Fragment<'_>));
}

/// A type of a field.
pub(crate) trait Value: Sized {
    /// An empty one, to be read into.
    fn blank() -> Self;
    fn place(&mut self) -> Place<'_>;
    fn fragment(&self) -> Fragment<'_>;

    /// The place of a list of these values.
    fn place_of_list(list: &mut Vec<Self>) -> Place<'_> {
        Place::List(list)
    }

    /// Accesses an optional field.
    // Called from each field's arm: inlined there, it would be most of the code of a large model.
    #[inline(never)]
    fn access_option(field: &mut Option<Self>, access: Access) -> Option<Place<'_>> {
        if access == Access::Clear {
            *field = None;
            return None;
        }
        Some(field.insert(Self::blank()).place())
    }

    /// The value of an optional field.
    fn fragment_of_option(field: &Option<Self>) -> Option<Fragment<'_>> {
        field.as_ref().map(Self::fragment)
    }
}

/// [`Value::fragment_of_option`] for a type that many fields have. It is a call in each field's arm, where the others are inlined.
#[inline(never)]
pub(crate) fn fragment_out_of_line<T: Value>(field: &Option<T>) -> Option<Fragment<'_>> {
    field.as_ref().map(T::fragment)
}

impl<T: Value> Field for T {
    fn access_field(&mut self, _: Access) -> Option<Place<'_>> {
        *self = T::blank();
        Some(self.place())
    }

    fn field_fragment(&self) -> Option<Fragment<'_>> {
        Some(self.fragment())
    }
}

impl<T: Value> Field for Option<T> {
    fn access_field(&mut self, access: Access) -> Option<Place<'_>> {
        T::access_option(self, access)
    }

    fn field_fragment(&self) -> Option<Fragment<'_>> {
        T::fragment_of_option(self)
    }
}

impl<T: for<'a> From<&'a str>> Choice for Option<T> {
    fn choose(&mut self, text: Option<&str>) {
        *self = text.map(T::from);
    }
}

impl<T: Value> SeqMut for Vec<T> {
    fn next(&mut self, grow: &mut Grow<'_>) -> Option<Place<'_>> {
        make_room(self, grow)?;
        let index = self.len();
        self.push(T::blank());
        self.get_mut(index).map(Value::place)
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

impl<T: Value> Seq for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<Fragment<'_>> {
        self.get(index).map(Value::fragment)
    }
}

impl<T: Value> Value for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn place(&mut self) -> Place<'_> {
        T::place_of_list(self)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::List(self)
    }
}

impl Value for i64 {
    fn blank() -> Self {
        0
    }

    fn place(&mut self) -> Place<'_> {
        Place::Int(self)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Int(*self)
    }

    fn fragment_of_option(field: &Option<Self>) -> Option<Fragment<'_>> {
        fragment_out_of_line(field)
    }
}

impl Value for bool {
    fn blank() -> Self {
        false
    }

    fn place(&mut self) -> Place<'_> {
        Place::Flag(self)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Flag(*self)
    }
}

impl Value for String {
    fn blank() -> Self {
        Self::new()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Text(self)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Text(self)
    }

    fn fragment_of_option(field: &Option<Self>) -> Option<Fragment<'_>> {
        fragment_out_of_line(field)
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
