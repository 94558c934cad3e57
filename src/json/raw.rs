//! JSON of any shape: checked, read and written.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{self, SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::error::Category;

use super::read::DEPTH;
use super::scan::{Limits, Scanner};
use super::{Fault, Flaw, JsonError, JsonProblem, write};
use crate::models::raw_json::{RawJson, RawText};
use crate::models::table::Fragment;

impl From<Flaw> for JsonError {
    fn from(flaw: Flaw) -> Self {
        let kind = match flaw.fault {
            Fault::Json(kind) => kind,
            // Without limits neither happens.
            Fault::TooLarge | Fault::Late => JsonProblem::Data,
        };
        Self { kind, line: flaw.line, column: flaw.column }
    }
}

/// No limits: nothing is allocated, and there is no deadline.
const FREE: Limits<'static> = Limits { memory: usize::MAX, is_late: &|| false };

impl TryFrom<String> for RawJson {
    type Error = JsonError;

    /// Checks a text, which is kept as it is.
    fn try_from(text: String) -> Result<Self, JsonError> {
        let mut scanner = Scanner::new(&text, &FREE);
        let result = scanner.skip_within(DEPTH).and_then(|()| scanner.end());
        match result {
            Ok(()) => Ok(Self::checked(text)),
            Err(fault) => Err(Flaw::new(fault, &text, scanner.at, String::new()).into()),
        }
    }
}

impl FromStr for RawJson {
    type Err = JsonError;

    fn from_str(text: &str) -> Result<Self, JsonError> {
        Self::try_from(text.to_owned())
    }
}

impl RawJson {
    /// Reads it into a type, by serde_json.
    ///
    /// # Errors
    /// [`JsonError`] if it is not of the type's shape. It has the place, but not the words of serde_json, which repeat
    /// values.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        serde_json::from_str(self.as_str()).map_err(|error| {
            let position = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let kind = match error.classify() {
                Category::Data => JsonProblem::Data,
                Category::Eof => JsonProblem::Eof,
                Category::Syntax | Category::Io => JsonProblem::Syntax,
            };
            JsonError { kind, line: position(error.line()), column: position(error.column()) }
        })
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawText(self.as_str()).serialize(serializer)
    }
}

impl Serialize for RawText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Cursor(&Cell::new(Scanner::new(self.0, &FREE))).serialize(serializer)
    }
}

/// The next value of a checked text.
struct Cursor<'a>(&'a Cell<Scanner<'a>>);

impl<'a> Cursor<'a> {
    /// Reads on. A checked text has no faults.
    fn read<T, E: ser::Error>(
        &self,
        read: impl FnOnce(&mut Scanner<'a>) -> Result<T, Fault>,
    ) -> Result<T, E> {
        let mut scanner = self.0.get();
        let result = read(&mut scanner);
        self.0.set(scanner);
        result.map_err(|_| E::custom("malformed JSON"))
    }

    /// The next token, if it is not a bracket or a string.
    fn scalar<E: ser::Error>(&self) -> Result<&'a str, E> {
        self.read(|scanner| {
            let start = scanner.at;
            scanner.skip()?;
            Ok(scanner.since(start))
        })
    }
}

impl Serialize for Cursor<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.read(Scanner::peek)? {
            b'{' => {
                self.read(|scanner| scanner.demand(b'{'))?;
                let mut map = serializer.serialize_map(None)?;
                let mut more = self.read(|scanner| scanner.any(b'}'))?;
                while more {
                    let name = self.read(|scanner| {
                        scanner.demand(b'"')?;
                        let name = scanner.string()?;
                        scanner.demand(b':').map(|()| name)
                    })?;
                    map.serialize_entry(&*name, self)?;
                    more = self.read(|scanner| scanner.more(b'}'))?;
                }
                map.end()
            }
            b'[' => {
                self.read(|scanner| scanner.demand(b'['))?;
                let mut list = serializer.serialize_seq(None)?;
                let mut more = self.read(|scanner| scanner.any(b']'))?;
                while more {
                    list.serialize_element(self)?;
                    more = self.read(|scanner| scanner.more(b']'))?;
                }
                list.end()
            }
            b'"' => {
                let text = self.read(|scanner| {
                    scanner.demand(b'"')?;
                    scanner.string()
                })?;
                serializer.serialize_str(&text)
            }
            _ => scalar(self.scalar()?, serializer),
        }
    }
}

fn scalar<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match text {
        // A unit is not null in every format.
        "null" => return serializer.serialize_none(),
        "true" => return serializer.serialize_bool(true),
        "false" => return serializer.serialize_bool(false),
        // No integer has that sign.
        "-0" => return serializer.serialize_f64(-0.0),
        _ => {}
    }
    if let Ok(number) = text.parse() {
        serializer.serialize_i64(number)
    } else if let Ok(number) = text.parse() {
        serializer.serialize_u64(number)
    } else {
        match text.parse() {
            Ok(number) if f64::is_finite(number) => serializer.serialize_f64(number),
            _ => Err(ser::Error::custom("a number is out of range")),
        }
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = Vec::new();
        Any { text: &mut text, depth: 0 }.deserialize(deserializer)?;
        String::from_utf8(text).map(Self::checked).map_err(de::Error::custom)
    }
}

/// A value whose text is to be appended.
struct Any<'a> {
    text: &'a mut Vec<u8>,
    /// How many brackets are open around it.
    depth: usize,
}

impl Any<'_> {
    fn open<E: de::Error>(&mut self, bracket: u8) -> Result<(), E> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(E::custom("a value is nested too deeply"));
        }
        self.text.push(bracket);
        Ok(())
    }

    fn inner(&mut self) -> Any<'_> {
        Any { text: self.text, depth: self.depth }
    }

    fn fragment<E>(self, fragment: Fragment<'_>) -> Result<(), E> {
        write::write(self.text, fragment);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value that JSON has")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.fragment(Fragment::Raw("null"))
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.fragment(Fragment::Raw("null"))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.fragment(Fragment::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.fragment(Fragment::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.fragment(Fragment::Raw(&value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::invalid_value(Unexpected::Float(value), &self));
        }
        // The shortest digits that make this double again. JSON knows the form.
        self.fragment(Fragment::Raw(&format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.fragment(Fragment::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut access: A) -> Result<(), A::Error> {
        self.open(b'[')?;
        while access.next_element_seed(self.inner())?.is_some() {
            self.text.push(b',');
        }
        write::end(self.text, b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<(), A::Error> {
        let mut name = access.next_key::<Cow<'_, str>>()?;
        if name.as_deref() == Some(NUMBER) {
            let number: Cow<'_, str> = access.next_value()?;
            return if is_number(&number) {
                self.fragment(Fragment::Raw(&number))
            } else {
                Err(de::Error::custom("a number is malformed"))
            };
        }
        self.open(b'{')?;
        while let Some(some) = name {
            write::string(self.text, &some);
            self.text.push(b':');
            access.next_value_seed(self.inner())?;
            self.text.push(b',');
            name = access.next_key()?;
        }
        write::end(self.text, b'}');
        Ok(())
    }
}

/// What serde_json calls a number that it hands out as text, within a map of its own. It does so where any crate of the program turns
/// its feature `arbitrary_precision` on.
const NUMBER: &str = "$serde_json::private::Number";

fn is_number(text: &str) -> bool {
    let mut scanner = Scanner::new(text, &FREE);
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && scanner.skip().and_then(|()| scanner.end()).is_ok()
        && !text.ends_with(|last: char| last.is_ascii_whitespace())
}
