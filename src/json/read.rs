//! From text to tables.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::scan::{ALLOCATION, DATA, Limits, Scanner, allocation};
use super::{Fault, Flaw};
use crate::models::schema::{FieldName, Finder, Schema};
use crate::models::table::{Choices, FieldsMut, MapMut, Place, SeqMut, UNKNOWN};

/// Reads a whole text into a place.
pub(crate) fn read(text: &str, place: Place<'_>, limits: &Limits<'_>) -> Result<(), Flaw> {
    let mut decoder = Decoder { scanner: Scanner::new(text, limits), path: Vec::new() };
    let result = decoder.value(place).and_then(|()| decoder.scanner.end());
    result.map_err(|fault| Flaw::new(fault, text, decoder.scanner.at, path(&decoder.path)))
}

/// Reads a whole text for nothing but its syntax.
pub(crate) fn skim(text: &str, limits: &Limits<'_>) -> Result<(), Flaw> {
    let mut scanner = Scanner::new(text, limits);
    let result = scanner.skip().and_then(|()| scanner.end());
    result.map_err(|fault| Flaw::new(fault, text, scanner.at, String::new()))
}

/// What one more member of a map takes besides its texts, at most.
const MEMBER: usize = 160 + ALLOCATION;

/// How deep a value may be nested that is kept as it is. It is what serde_json reads.
pub(super) const DEPTH: usize = 127;

struct Decoder<'a> {
    scanner: Scanner<'a>,
    /// Where a fault was found, the innermost step first.
    path: Vec<Step>,
}

/// A list, by the kind of its elements.
enum Elements<'a> {
    Any(&'a mut dyn SeqMut),
    Choices(&'a mut dyn Choices),
}

enum Step {
    Field(FieldName),
    Item(usize),
}

fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps.iter().rev() {
        match step {
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name.bare());
            }
            Step::Item(index) => {
                // It cannot fail.
                let _ = write!(path, "[{index}]");
            }
        }
    }
    path
}

impl<'a> Decoder<'a> {
    /// Notes on the way out where a fault was found.
    #[cold]
    fn within(&mut self, step: Step, fault: Fault) -> Fault {
        self.path.push(step);
        fault
    }

    #[inline]
    fn value(&mut self, place: Place<'_>) -> Result<(), Fault> {
        match place {
            Place::Int(value) => *value = self.int()?,
            Place::Flag(value) => *value = self.flag()?,
            Place::Text(_) | Place::Choice(_) => {
                let text = self.text()?;
                match place {
                    Place::Choice(value) => value.choose(Some(&text)),
                    Place::Text(value) => value.set(text),
                    _ => {}
                }
            }
            Place::Raw(value) => {
                self.scanner.peek()?;
                let start = self.scanner.at;
                self.scanner.skip_within(DEPTH)?;
                let text = self.scanner.since(start);
                self.scanner.take(allocation(text.len()))?;
                value.set(Cow::Borrowed(text));
            }
            Place::List(list) => self.list(&mut Elements::Any(list))?,
            Place::Choices(list) => self.list(&mut Elements::Choices(list))?,
            Place::Map(map) => self.map(map)?,
            Place::Object(schema, model) => self.object(schema, model)?,
        }
        Ok(())
    }

    /// Passes over the start of a value of the right kind.
    fn start(&mut self, byte: u8) -> Result<(), Fault> {
        if self.scanner.eat(byte)? { Ok(()) } else { Err(self.misfit()) }
    }

    /// A value of the wrong kind, or none at all.
    #[cold]
    fn misfit(&mut self) -> Fault {
        let start = self.scanner.at;
        match self.scanner.skip() {
            Ok(()) => {
                self.scanner.at = start;
                DATA
            }
            Err(fault) => fault,
        }
    }

    /// A string, which is to be kept.
    #[inline(always)]
    fn text(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.start(b'"')?;
        let text = self.scanner.string()?;
        if let Cow::Borrowed(text) = text {
            self.scanner.take(allocation(text.len()))?;
        }
        Ok(text)
    }

    fn flag(&mut self) -> Result<bool, Fault> {
        match self.scanner.peek()? {
            b't' => self.scanner.word("true").map(|()| true),
            b'f' => self.scanner.word("false").map(|()| false),
            _ => Err(self.misfit()),
        }
    }

    fn int(&mut self) -> Result<i64, Fault> {
        if !matches!(self.scanner.peek()?, b'-' | b'0'..=b'9') {
            return Err(self.misfit());
        }
        let start = self.scanner.at;
        self.scanner.number()?;
        let number = self.scanner.since(start);
        match digits(number).or_else(|| whole(number)) {
            Some(value) => Ok(value),
            None => {
                self.scanner.at = start;
                Err(DATA)
            }
        }
    }

    fn list(&mut self, list: &mut Elements<'_>) -> Result<(), Fault> {
        self.start(b'[')?;
        let start = self.scanner.at;
        let mut index = 0;
        let mut more = self.scanner.any(b']')?;
        while more {
            self.item(list, start).map_err(|fault| self.within(Step::Item(index), fault))?;
            index += 1;
            more = self.scanner.more(b']')?;
        }
        Ok(())
    }

    /// An item of a list that began at `start`.
    fn item(&mut self, list: &mut Elements<'_>, start: usize) -> Result<(), Fault> {
        let text = if let Elements::Choices(_) = list { self.text()? } else { Cow::Borrowed("") };
        let mut room = Ok(());
        let grow = &mut |count: usize, size| {
            let items = self.scanner.growth(start, count, size);
            room = self.scanner.take_growth(count.saturating_mul(size), items.saturating_mul(size));
            room.is_ok().then_some(items)
        };
        let place = match list {
            Elements::Any(list) => list.next(grow),
            Elements::Choices(list) => {
                list.add(&text, grow);
                return room;
            }
        };
        room?;
        match place {
            Some(place) => self.value(place),
            None => self.scanner.skip(),
        }
    }

    fn object(&mut self, schema: Schema, model: &mut dyn FieldsMut) -> Result<(), Fault> {
        self.start(b'{')?;
        let mut finder = Finder::new(schema);
        let mut more = self.scanner.any(b'}')?;
        while more {
            if let Some(name) = self.name(model, &mut finder)? {
                let null = self.scanner.peek()? == b'n' && !finder.is_required(name);
                let read = if null {
                    model.clear(name.index);
                    self.scanner.word("null")
                } else {
                    match model.place(name.index) {
                        Some(place) => self.value(place),
                        None => self.scanner.skip(),
                    }
                };
                read.map_err(|fault| self.within(Step::Field(name), fault))?;
            }
            more = self.scanner.more(b'}')?;
        }
        match finder.missing() {
            Some(name) => Err(self.within(Step::Field(name), DATA)),
            None => Ok(()),
        }
    }

    /// The name of a member that the model knows, and its colon. A member that it does not know is passed over, or kept.
    #[inline]
    fn name(&mut self, model: &mut dyn FieldsMut, finder: &mut Finder) -> Result<Option<FieldName>, Fault> {
        self.scanner.peek()?;
        if let Some(name) = finder.guess(self.scanner.rest()) {
            self.scanner.at += name.quoted.len();
            return Ok(Some(name));
        }
        let key = self.key()?;
        let name = finder.find(&key);
        if name.is_none() {
            match model.place(UNKNOWN) {
                Some(Place::Map(map)) => self.member(map, key)?,
                _ => self.scanner.skip()?,
            }
        }
        Ok(name)
    }

    fn map(&mut self, map: &mut dyn MapMut) -> Result<(), Fault> {
        self.start(b'{')?;
        let mut more = self.scanner.any(b'}')?;
        while more {
            let name = self.key()?;
            self.member(map, name)?;
            more = self.scanner.more(b'}')?;
        }
        Ok(())
    }

    /// Any name, and its colon.
    #[inline(always)]
    fn key(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.scanner.demand(b'"')?;
        let key = self.scanner.string()?;
        self.scanner.demand(b':')?;
        Ok(key)
    }

    fn member(&mut self, map: &mut dyn MapMut, name: Cow<'_, str>) -> Result<(), Fault> {
        self.scanner.take(MEMBER + name.len())?;
        match map.member(name) {
            Some(place) => self.value(place),
            None => self.scanner.skip(),
        }
    }
}

/// The integer that a number of a few digits is.
fn digits(number: &str) -> Option<i64> {
    if number.len() > 18 {
        return None;
    }
    number
        .bytes()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}

/// The integer that a number with a fraction or an exponent amounts to, if it is one that fits.
#[cold]
fn whole(number: &str) -> Option<i64> {
    let (is_negative, number) = match number.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, number),
    };
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || integer.bytes().chain(fraction.bytes());
    let zeros = digits().rev().take_while(|&digit| digit == b'0').count();
    let count = integer.len() + fraction.len();
    if zeros == count {
        return Some(0);
    }
    // An exponent that does not fit itself makes no number that does.
    let exponent: i64 = exponent.parse().ok()?;
    let shift =
        exponent.checked_add(i64::try_from(zeros).ok()?)?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let shift = usize::try_from(shift).ok().filter(|&shift| shift < 19)?;
    // Counted down, for there is one more integer below zero than above.
    digits()
        .take(count - zeros)
        .chain(std::iter::repeat_n(b'0', shift))
        .try_fold(0_i64, |value, digit| {
            let digit = i64::from(digit - b'0');
            value.checked_mul(10)?.checked_sub(digit)
        })
        .and_then(|value| if is_negative { Some(value) } else { value.checked_neg() })
}
