//! JSON objects whose members are called otherwise, or whose values stand for others.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::columns::{Columns, Met};
use super::conversion::{Cast, Conversion};
use super::fields::FieldType;
use super::problem::Problem;
use super::text::{write, write_json};

/// All members of an object, also one that is there twice.
pub(super) struct AllMembers<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for AllMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = AllMembers<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AllMembers<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(AllMembers(members))
            }
        }

        deserializer.deserialize_map(All)
    }
}

/// Writes an object with the names and values that the command line gives its members, and marks those in `met`.
pub(super) fn renamed<'a>(
    object: &'a [u8],
    columns: &Columns,
    met: &mut Met,
    json: &'a mut Vec<u8>,
) -> Result<&'a [u8], Problem> {
    let Ok(AllMembers(members)) = serde_json::from_slice(object) else {
        // Whoever reads it tells what is wrong with it.
        return Ok(object);
    };
    met.any = true;
    let mut problem = None;
    json.clear();
    json.push(b'{');
    for (name, value) in members {
        let Some(name) = columns.name(&name, met) else {
            continue;
        };
        if json.len() > 1 {
            json.push(b',');
        }
        write_json(json, name);
        json.push(b':');
        match columns.conversion_of(name, met) {
            None => json.extend_from_slice(value.get().as_bytes()),
            Some((field, kind, conversion)) => {
                if let Err(what) = write_meant(field, kind, value.get(), conversion, json) {
                    problem.get_or_insert(Problem { field, what: Cow::Borrowed(what) });
                }
            }
        }
    }
    if json.len() > 1 && !columns.constant_members.is_empty() {
        json.push(b',');
    }
    json.extend_from_slice(&columns.constant_members);
    json.push(b'}');
    problem.map_or(Ok(json), Err)
}

/// Writes what a value stands for. One that is none of its field stays as it is.
fn write_meant(
    field: &'static str,
    kind: FieldType,
    value: &str,
    conversion: &Conversion,
    json: &mut Vec<u8>,
) -> Result<(), &'static str> {
    let is_split = matches!(conversion.cast, Some(Cast::Split(_)));
    match (serde_json::from_str(value), kind) {
        (Ok(Value::Array(items)), FieldType::List) if items.iter().all(Value::is_string) => {
            let items = items.iter().filter_map(Value::as_str);
            let items = items.map(|item| conversion.meant(item)).collect::<Result<Vec<_>, _>>()?;
            write_json(json, &items);
            Ok(())
        }
        (Ok(Value::String(text)), FieldType::List) if is_split => write(field, kind, &text, conversion, json),
        (Ok(Value::String(text)), FieldType::Text | FieldType::Number | FieldType::Flag) => {
            write(field, kind, &text, conversion, json)
        }
        (Ok(Value::Number(_) | Value::Bool(_)), FieldType::Text | FieldType::Number | FieldType::Flag) => {
            write(field, kind, value, conversion, json)
        }
        _ => {
            json.extend_from_slice(value.as_bytes());
            Ok(())
        }
    }
}
