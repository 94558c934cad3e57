//! JSON that is read more strictly than serde does by itself, and what is wrong with it in words.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Why a text, such as a configuration file, was not understood.
///
/// `Display` is one line: the member, what is expected there, and the position in the text. It repeats
/// no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    member: String,
    reason: String,
    position: Option<(usize, usize)>,
}

impl Misread {
    pub(crate) fn new(member: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { member: member.into(), reason: reason.into(), position: None }
    }

    /// The path of the member that is wrong, for example `services[0].switches.nulls`; empty when it
    /// is the text as a whole.
    pub fn member(&self) -> &str {
        &self.member
    }

    /// What is wrong there.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The line and the column, counted from 1, where they are known.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.position
    }

    /// The same, for a value that is a member of something else.
    pub(crate) fn within(mut self, outer: &str) -> Self {
        self.member = match self.member.as_str() {
            "" => outer.to_owned(),
            inner if outer.is_empty() => inner.to_owned(),
            inner if inner.starts_with('[') => format!("{outer}{inner}"),
            inner => format!("{outer}.{inner}"),
        };
        self
    }

    /// What serde found wrong, and where.
    pub(crate) fn from_serde<E: fmt::Display>(error: serde_path_to_error::Error<E>) -> Self {
        let path = error.path().to_string();
        // Where a name had not been read to its end, a question mark stands for it.
        let outer = path.strip_suffix('?').unwrap_or(&path).trim_end_matches('.').to_owned();
        let reason = reason(&error.into_inner().to_string());
        // Where the words name the member, the path ends with the object around it.
        let named = ["missing field `", "duplicate field `", "`"]
            .into_iter()
            .find_map(|begin| reason.strip_prefix(begin));
        match named.and_then(|rest| rest.split_once('`')) {
            Some((name, _)) if outer.is_empty() => Self::new(name, &*reason),
            Some((name, _)) => Self::new(name, &*reason).within(&outer),
            None => Self::new(outer, reason),
        }
    }

    fn from_json(error: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let json = error.inner();
        let position = (json.line() > 0).then(|| (json.line(), json.column()));
        Self { position, ..Self::from_serde(error) }
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.member.is_empty() {
            write!(f, "{}: ", self.member)?;
        }
        f.write_str(&self.reason)?;
        match self.position {
            Some((line, column)) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Misread {}

/// serde's words without the value that they repeat, and without Rust's names of types.
fn reason(text: &str) -> String {
    // Positions are told apart from the words.
    let text = text.rfind(" at line ").and_then(|end| text.get(..end)).unwrap_or(text);
    let repeats = text.starts_with("invalid ") || text.starts_with("unknown variant ");
    match text.rsplit_once(", expected ").filter(|_| repeats) {
        Some((_, expected)) => match expected {
            "u64" | "usize" | "u32" => "a whole number from 0 is expected".to_owned(),
            "u16" => "a whole number from 0 to 65535 is expected".to_owned(),
            "i64" => "a whole number is expected".to_owned(),
            "f64" => "a number is expected".to_owned(),
            "a sequence" => "an array is expected".to_owned(),
            "a map" => "an object is expected".to_owned(),
            "string or map" => "a string is expected".to_owned(),
            choice if choice.starts_with('`') => format!("either {choice} is expected"),
            expected => format!("{expected} is expected"),
        },
        None => text.to_owned(),
    }
}

/// Reads a whole text.
pub(crate) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Misread> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(Misread::from_json)?;
    json.end().map_err(|error| Misread {
        position: Some((error.line(), error.column())),
        ..Misread::new("", "nothing is expected after the value")
    })?;
    Ok(value)
}

/// Reads a value that was read as JSON already.
pub(crate) fn read_value<T: DeserializeOwned>(value: Value) -> Result<T, Misread> {
    serde_path_to_error::deserialize(value).map_err(Misread::from_serde)
}

/// A JSON object. serde would take an array for a struct, member by member.
#[derive(Debug)]
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members))
            }
        }

        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

/// The members of an object of any kind. serde would let the last of two equal names win.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Members(pub(crate) Map<String, Value>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Unique;

        impl<'de> Visitor<'de> for Unique {
            type Value = Map<String, Value>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut members = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if members.contains_key(&name) {
                        return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
                    }
                    members.insert(name, value);
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Unique).map(Self)
    }
}

/// The names of the members that a type with a derived `Deserialize` has.
pub(crate) fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    struct Probe<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Probe<'_> {
        type Error = serde::de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(Self::Error::custom("only the names are wanted"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            *self.0 = fields;
            self.deserialize_any(visitor)
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut fields: &'static [&'static str] = &[];
    // It always fails, once it has told them.
    let _ = T::deserialize(Probe(&mut fields));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read matters")]
    struct Outer {
        inner: Option<Vec<Inner>>,
        port: Option<u16>,
        any: Option<Value>,
        choice: Option<Choice>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Choice {
        This,
        That,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read matters")]
    struct Inner {
        flag: bool,
    }

    #[test]
    fn a_refusal_names_the_member_and_no_value() {
        for (text, expected) in [
            (r#"{"inner":[{"flag":true},{"flag":"secret"}]}"#, "inner[1].flag: a boolean is expected"),
            (
                r#"{"inner":[{"flag":true,"other":1}]}"#,
                "inner[0].other: unknown field `other`, expected `flag`",
            ),
            (r#"{"inner":[{}]}"#, "inner[0].flag: missing field `flag`"),
            (r#"{"inner":{}}"#, "inner: an array is expected"),
            (r#"{"port":1,"port":2}"#, "port: duplicate field `port`"),
            (r#"{"port":65536}"#, "port: a whole number from 0 to 65535 is expected"),
            (r#"{"port":1} x"#, "nothing is expected after the value"),
            (r#"{"port":"#, "port: EOF while parsing a value"),
            ("{", "EOF while parsing an object"),
            (r#"{"inner":[{"fl"#, "inner[0]: EOF while parsing a string"),
            (r#"{"choice":"secret"}"#, "choice: either `this` or `that` is expected"),
            ("", "EOF while parsing a value"),
            (r#"{"any":1}x"#, "nothing is expected after the value"),
        ] {
            let refused = read::<Outer>(text.as_bytes()).unwrap_err().to_string();
            assert!(refused.starts_with(expected), "{text}: {refused}");
            assert!(!refused.contains("secret"));
            assert!(refused.contains(" (line 1, column "), "{refused}");
        }
    }

    #[test]
    fn a_type_tells_its_members() {
        assert_eq!(fields_of::<Outer>(), ["inner", "port", "any", "choice"]);
        assert!(fields_of::<String>().is_empty());
    }

    #[test]
    fn members_are_unique() {
        assert!(read::<Members>(br#"{"a":1,"b":{}}"#).is_ok());
        assert_eq!(read::<Members>(br#"{"a":1,"a":1}"#).unwrap_err().reason(), "duplicate field `a`");
        assert_eq!(read::<Members>(b"[]").unwrap_err().reason(), "an object is expected");
    }

    #[test]
    fn a_member_is_named_from_the_outside() {
        let inner = |member| Misread::new(member, "x").within("a").member().to_owned();
        assert_eq!([inner(""), inner("[1].b"), inner("b")], ["a", "a[1].b", "a.b"]);
    }
}
