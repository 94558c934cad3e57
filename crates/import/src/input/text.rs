//! Text as the JSON value of a field.

use std::collections::HashMap;

use serde::de::IgnoredAny;

use super::record::{FieldType, is_json_text};

/// Writes the text of a field, or what it stands for, as a JSON value.
pub(super) fn write(
    field: &str,
    kind: FieldType,
    text: &str,
    values: Option<&HashMap<String, String>>,
    json: &mut Vec<u8>,
) -> Result<(), &'static str> {
    let is_json = kind == FieldType::Nested || is_json_text(field);
    if !is_json && text.bytes().any(|byte| byte.is_ascii_control()) {
        let has_break = text.bytes().any(|byte| matches!(byte, b'\n' | b'\r'));
        return Err(if has_break { "has a line break" } else { "has a control character" });
    }
    let text = if kind == FieldType::List { text } else { meant(values, text)? };
    match kind {
        FieldType::Text => write_json(json, text),
        FieldType::List => {
            let items = text.split(' ').filter(|item| !item.is_empty());
            let items = items.map(|item| meant(values, item)).collect::<Result<Vec<_>, _>>()?;
            write_json(json, &items);
        }
        FieldType::Number => write_json(json, &whole(text)?),
        FieldType::Flag => write_json(json, &flag(text).ok_or("must be true or false")?),
        FieldType::Nested => match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => json.extend_from_slice(text.as_bytes()),
            Err(_) => return Err("must be JSON"),
        },
    }
    Ok(())
}

/// What a value stands for.
pub(super) fn meant<'a>(
    values: Option<&'a HashMap<String, String>>,
    text: &'a str,
) -> Result<&'a str, &'static str> {
    match values {
        None => Ok(text),
        Some(values) => {
            values.get(text).map(String::as_str).ok_or("has a value that --map-values does not name")
        }
    }
}

/// A whole number, as exporters write it: `42`, `42.0`.
fn whole(text: &str) -> Result<i64, &'static str> {
    let text = text.trim();
    if text.contains(['e', 'E']) && text.parse::<f64>().is_ok() {
        return Err("must be a whole number: the exponent is a spreadsheet's, and digits are lost");
    }
    let digits = match text.split_once('.') {
        Some((digits, zeros)) if zeros.bytes().all(|digit| digit == b'0') => digits,
        _ => text,
    };
    digits.parse().map_err(|_| "must be a whole number")
}

/// Yes or no, as exporters write it.
fn flag(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.trim().eq_ignore_ascii_case(word));
    match () {
        () if is(&["true", "t", "yes", "y", "1", "1.0"]) => Some(true),
        () if is(&["false", "f", "no", "n", "0", "0.0"]) => Some(false),
        () => None,
    }
}

/// Strings, numbers, flags and arrays of strings can always be written into memory.
pub(super) fn write_json(json: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    let _ = serde_json::to_writer(json, value);
}
