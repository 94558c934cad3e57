//! Whole numbers as values of JSON, and in the notations of document stores.

use serde_json::{Map, Value};

use super::numbers::{NONE, TYPED, whole};
use super::times;

/// What a number counts, and so whether a date can stand for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Things,
    /// Milliseconds since 1970.
    Milliseconds,
    /// Seconds since 1970.
    Seconds,
}

/// Reads a whole number from a JSON value: a number, a string as of data warehouses, or `{"$numberLong": "42"}` as of MongoDB.
pub(crate) fn whole_of_json(json: &str, unit: Unit) -> Result<Option<i64>, &'static str> {
    match json.as_bytes().first() {
        Some(b'"') => {
            let text: String = serde_json::from_str(json).map_err(|_| NONE)?;
            whole(&text).map(Some)
        }
        Some(b'{') => wrapped(json, unit).map(Some),
        Some(b'-' | b'0'..=b'9') => whole(json).map(Some),
        _ if json == "null" => Ok(None),
        _ => Err(NONE),
    }
}

/// A number or date of MongoDB's Extended JSON.
fn wrapped(json: &str, unit: Unit) -> Result<i64, &'static str> {
    let object: Map<String, Value> = serde_json::from_str(json).map_err(|_| NONE)?;
    let mut members = object.iter();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return Err(NONE);
    };
    match (name.as_str(), value) {
        ("$numberLong" | "$numberInt" | "$numberDouble", Value::String(text)) => whole(text),
        ("$date", _) if unit == Unit::Things => Err(NONE),
        ("$date", value) => {
            let milliseconds = match value {
                Value::String(text) => times::milliseconds_of_date(text, None)?,
                value => whole_of_json(&value.to_string(), Unit::Things)?.ok_or(NONE)?,
            };
            Ok(if unit == Unit::Seconds { milliseconds.div_euclid(1000) } else { milliseconds })
        }
        // DynamoDB's is another.
        (name, _) if name.starts_with('$') || matches!(name, "N" | "S") => Err(TYPED),
        _ => Err(NONE),
    }
}

#[cfg(test)]
mod tests {
    use super::super::numbers::SCIENTIFIC;
    use super::*;

    #[test]
    fn typed_numbers_and_dates_of_document_stores_are_read() {
        let read = |json: &str, unit| whole_of_json(json, unit);
        assert_eq!(read(r#"{"$numberLong":"42"}"#, Unit::Things), Ok(Some(42)));
        assert_eq!(read(r#"{"$numberLong":"4.2e1"}"#, Unit::Things), Err(SCIENTIFIC));
        assert_eq!(read(r#"{"$numberDouble":"42.0"}"#, Unit::Things), Ok(Some(42)));
        for date in [r#"{"$date":"2030-01-01T00:00:00.5Z"}"#, r#"{"$date":{"$numberLong":"1893456000500"}}"#]
        {
            assert_eq!(read(date, Unit::Milliseconds), Ok(Some(1_893_456_000_500)), "{date}");
            assert_eq!(read(date, Unit::Seconds), Ok(Some(1_893_456_000)), "{date}");
            assert_eq!(read(date, Unit::Things), Err(NONE), "{date}");
        }
        assert_eq!(read(r#"{"N":"42"}"#, Unit::Things), Err(TYPED));
        assert_eq!(read(r#"{"$oid":"42"}"#, Unit::Things), Err(TYPED));
        for json in ["[42]", "true", "{}", r#"{"$numberLong":42}"#, r#"{"a":1,"b":2}"#] {
            assert!(read(json, Unit::Things).is_err(), "{json}");
        }
        assert_eq!(read("null", Unit::Things), Ok(None));
    }
}
