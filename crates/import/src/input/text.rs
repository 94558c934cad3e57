//! Text as the JSON value of a field.

use serde::de::IgnoredAny;

use super::conversion::Conversion;
use super::fields::{FieldType, is_json_text};

/// Writes the text of a field, or what it stands for, as a JSON value.
pub(super) fn write(
    field: &str,
    kind: FieldType,
    text: &str,
    conversion: &Conversion,
    json: &mut Vec<u8>,
) -> Result<(), &'static str> {
    let is_json = kind == FieldType::Nested || is_json_text(field);
    if !is_json && text.bytes().any(|byte| byte.is_ascii_control()) {
        let has_break = text.bytes().any(|byte| matches!(byte, b'\n' | b'\r'));
        return Err(if has_break { "has a line break" } else { "has a control character" });
    }
    let text = if kind == FieldType::List { text } else { conversion.meant(text)? };
    match kind {
        FieldType::Text => write_json(json, text),
        FieldType::List => write_json(json, &conversion.items(text)?),
        FieldType::Number => write_json(json, &conversion.number(field, text)?),
        FieldType::Flag => write_json(json, &flag(text).ok_or("must be true or false")?),
        FieldType::Nested => match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => json.extend_from_slice(text.as_bytes()),
            Err(_) => return Err("must be JSON"),
        },
    }
    Ok(())
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
