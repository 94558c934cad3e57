//! What a text means for a model, told by serde_json's raw values and nothing of ours but the names and kinds of fields.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::JsonProblem;
use crate::models::schema::Schema;
use crate::models::table::{FieldsMut, MapMut, Place, UNKNOWN};

/// Up to here serde_json reads whatever the model is.
pub(super) const DEEP: usize = 120;

pub(super) struct Judgement {
    /// What is written of what was read.
    pub(super) result: Result<String, Misfit>,
    /// Whether it has what serde_json refuses over the same model.
    pub(super) is_odd: bool,
    /// Whether something is kept as it is, which serde writes in its own way.
    pub(super) is_raw: bool,
}

#[derive(Debug)]
pub(super) enum Misfit {
    /// It is not JSON.
    Text,
    /// It is JSON, but not of the model's shape, first of all in this field.
    Shape(JsonProblem, String),
}

pub(super) fn judge(text: &str, place: Place<'_>) -> Judgement {
    let mut judge = Judge { is_odd: depth(text) > DEEP, is_raw: false };
    let result = match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => judge.value(raw.get(), place),
        Err(_) => Err(Misfit::Text),
    };
    Judgement { result, is_odd: judge.is_odd, is_raw: judge.is_raw }
}

struct Judge {
    is_odd: bool,
    is_raw: bool,
}

const DATA: Misfit = Misfit::Shape(JsonProblem::Data, String::new());

/// Puts a step before the path.
fn within(step: &str, misfit: Misfit) -> Misfit {
    match misfit {
        Misfit::Shape(kind, path) if path.is_empty() || path.starts_with('[') => {
            Misfit::Shape(kind, format!("{step}{path}"))
        }
        Misfit::Shape(kind, path) => Misfit::Shape(kind, format!("{step}.{path}")),
        Misfit::Text => misfit,
    }
}

impl Judge {
    fn value(&mut self, raw: &str, place: Place<'_>) -> Result<String, Misfit> {
        let first = raw.as_bytes()[0];
        match place {
            Place::Int(_) if first == b'-' || first.is_ascii_digit() => {
                self.is_odd |= raw.contains(['.', 'e', 'E']);
                whole(raw).map(|value| value.to_string()).ok_or(DATA)
            }
            Place::Flag(_) if raw == "true" || raw == "false" => Ok(raw.to_owned()),
            Place::Text(_) | Place::Choice(_) if first == b'"' => Ok(quoted(&self.string(raw))),
            Place::Raw(_) => self.raw(raw),
            Place::List(list) if first == b'[' => {
                let raws: Vec<&RawValue> = serde_json::from_str(raw).expect("an array");
                let mut items = vec![];
                for (index, raw) in raws.into_iter().enumerate() {
                    let place = list.next(&mut |count, _| Some(count.max(4))).expect("room");
                    let item = self.value(raw.get(), place);
                    items.push(item.map_err(|misfit| within(&format!("[{index}]"), misfit))?);
                }
                Ok(format!("[{}]", items.join(",")))
            }
            Place::Choices(_) if first == b'[' => {
                let raws: Vec<&RawValue> = serde_json::from_str(raw).expect("an array");
                let texts = raws.into_iter().enumerate().map(|(index, raw)| match raw.get() {
                    raw if raw.starts_with('"') => Ok(quoted(&self.string(raw))),
                    _ => Err(within(&format!("[{index}]"), DATA)),
                });
                Ok(format!("[{}]", texts.collect::<Result<Vec<_>, _>>()?.join(",")))
            }
            Place::Map(map) if first == b'{' => self.map(raw, map),
            Place::Object(schema, model) if first == b'{' => self.object(raw, schema, model),
            _ => Err(DATA),
        }
    }

    /// An object with any names, which are sorted.
    fn map(&mut self, raw: &str, map: &mut dyn MapMut) -> Result<String, Misfit> {
        let mut members = BTreeMap::new();
        for (name, raw) in self.members(raw) {
            let place = map.member(name.as_str().into()).expect("a place");
            let value = self.value(raw, place)?;
            members.insert(name, value);
        }
        Ok(object(members.iter().map(|(name, value)| (name.as_str(), value.as_str()))))
    }

    fn object(&mut self, raw: &str, schema: Schema, model: &mut dyn FieldsMut) -> Result<String, Misfit> {
        let mut known = BTreeMap::new();
        let mut unknown = vec![];
        for (name, raw) in self.members(raw) {
            match schema.iter().find(|field| field.bare() == name) {
                Some(field) => {
                    let is_required = field.index < schema.required();
                    let value = match raw {
                        "null" if !is_required => None,
                        _ => {
                            let place = model.place(field.index).expect("a place");
                            Some(self.value(raw, place).map_err(|misfit| within(&name, misfit))?)
                        }
                    };
                    self.is_odd |= known.insert(field.index, value).is_some();
                }
                None if model.place(UNKNOWN).is_some() => {
                    let value = self.raw(raw)?;
                    unknown.push((name, value));
                }
                None => {}
            }
        }
        let mut members = vec![];
        for field in schema.iter() {
            match known.remove(&field.index) {
                Some(Some(value)) => members.push((field.bare().to_owned(), value)),
                Some(None) => {}
                None if field.index < schema.required() => return Err(within(field.bare(), DATA)),
                None => {}
            }
        }
        members.extend(unknown);
        Ok(object(members.iter().map(|(name, value)| (name.as_str(), value.as_str()))))
    }

    fn raw(&mut self, raw: &str) -> Result<String, Misfit> {
        self.is_raw = true;
        // serde_json over the same model makes doubles and characters of what is in it.
        self.is_odd |= raw.contains(['e', 'E', '.']) || raw.bytes().filter(u8::is_ascii_digit).count() > 15;
        self.is_odd |= raw.contains("\\ud") || raw.contains("\\uD");
        if depth(raw) > 127 {
            return Err(Misfit::Shape(JsonProblem::Depth, String::new()));
        }
        Ok(raw.to_owned())
    }

    fn members<'a>(&mut self, raw: &'a str) -> Vec<(String, &'a str)> {
        let RawMembers(members) = serde_json::from_str(raw).expect("an object");
        let text = |(name, raw): (Vec<u8>, &'a RawValue)| (self.text(&name), raw.get());
        members.into_iter().map(text).collect()
    }

    fn string(&mut self, raw: &str) -> String {
        let Bytes(bytes) = serde_json::from_str(raw).expect("a string");
        self.text(&bytes)
    }

    /// serde_json makes of half a surrogate pair the three bytes that it would have, were it a character.
    fn text(&mut self, bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut rest = bytes;
        loop {
            match std::str::from_utf8(rest) {
                Ok(valid) => return text + valid,
                Err(error) => {
                    self.is_odd = true;
                    let (valid, after) = rest.split_at(error.valid_up_to());
                    assert!(matches!(after, [0xed, 0xa0..=0xbf, _, ..]), "{bytes:?}");
                    text += std::str::from_utf8(valid).expect("it has been checked");
                    text.push('\u{fffd}');
                    rest = &after[3..];
                }
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

fn object<'a>(members: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let members: Vec<_> = members.map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}

/// The integer that a number is, by long arithmetic.
fn whole(number: &str) -> Option<i64> {
    let lower = number.to_ascii_lowercase();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [integer, fraction].concat();
    if digits.bytes().all(|digit| digit == b'0') {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok().filter(|exponent: &i64| exponent.abs() < 100_000)?;
    // The point stands behind so many of the digits.
    let point = integer.len() as i64 + exponent;
    let length = usize::try_from(point).unwrap_or(0);
    let padding = "0".repeat(length.saturating_sub(digits.len()));
    let (whole, rest) =
        if point < 0 { ("", digits.as_str()) } else { digits.split_at(length.min(digits.len())) };
    if rest.bytes().any(|digit| digit != b'0') {
        return None;
    }
    [sign, whole, &padding].concat().parse().ok()
}

/// How deep brackets stand in a JSON text.
pub(super) fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// An object's members in their order.
pub(super) struct RawMembers<'a>(pub(super) Vec<(Vec<u8>, &'a RawValue)>);

impl<'de> Deserialize<'de> for RawMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = RawMembers<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut members = vec![];
                while let Some(Bytes(name)) = access.next_key()? {
                    members.push((name, access.next_value()?));
                }
                Ok(RawMembers(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// A string as bytes.
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BytesVisitor;
        impl Visitor<'_> for BytesVisitor {
            type Value = Bytes;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_owned()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Bytes, E> {
                Ok(Bytes(text.as_bytes().to_owned()))
            }
        }
        deserializer.deserialize_bytes(BytesVisitor)
    }
}
