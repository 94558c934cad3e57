//! JSON objects whose members are called otherwise, or whose values stand for others.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::columns::{Columns, Met};
use super::record::{FieldType, Problem};
use super::text::{meant, write, write_json};

/// All members of an object, also one that is there twice.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
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
    let Ok(Members(members)) = serde_json::from_slice(object) else {
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
        match columns.values_of(name, met) {
            None => json.extend_from_slice(value.get().as_bytes()),
            Some((field, kind, values)) => {
                if let Err(what) = write_meant(field, kind, value.get(), values, json) {
                    problem.get_or_insert(Problem { field, what: Cow::Borrowed(what) });
                }
            }
        }
    }
    json.push(b'}');
    problem.map_or(Ok(json), Err)
}

/// Writes what a value stands for. One that is none of its field stays as it is.
fn write_meant(
    field: &'static str,
    kind: FieldType,
    value: &str,
    values: &HashMap<String, String>,
    json: &mut Vec<u8>,
) -> Result<(), &'static str> {
    match (serde_json::from_str(value), kind) {
        (Ok(Value::Array(items)), FieldType::List) if items.iter().all(Value::is_string) => {
            let items = items.iter().filter_map(Value::as_str);
            let items = items.map(|item| meant(Some(values), item)).collect::<Result<Vec<_>, _>>()?;
            write_json(json, &items);
            Ok(())
        }
        (Ok(Value::String(text)), FieldType::Text | FieldType::Number | FieldType::Flag) => {
            write(field, kind, &text, Some(values), json)
        }
        (Ok(Value::Number(_) | Value::Bool(_)), FieldType::Text | FieldType::Number | FieldType::Flag) => {
            write(field, kind, value, Some(values), json)
        }
        _ => {
            json.extend_from_slice(value.as_bytes());
            Ok(())
        }
    }
}
