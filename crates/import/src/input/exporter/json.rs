//! Text that is nearly JSON.

const NOT_JSON: &str = "is not a JSON object";
const LITERAL: &str = "is not a JSON object: it has a bare word such as NaN, None, True or undefined";
const SINGLE_QUOTES: &str = "is not a JSON object: it has quotation marks of another language";
const ESCAPED: &str = "is not a JSON object: its quotation marks are behind backslashes, as a database's text format writes them: see --escape";
/// What is said of a line that begins with a byte order mark.
pub(crate) const BYTE_ORDER_MARK: &str =
    "is not a JSON object: it begins with a byte order mark, as where files are joined";
const NUMBER: &str = "is not a JSON object: it has a number that JSON does not know, such as 007 or +7";
const SHELL: &str = "is not a JSON object: it has a value in the notation of a document store's shell";

/// Why an object cannot be read that an exporter has written, as far as the place of the error tells.
pub(crate) fn why_not_json(text: &str, error: &serde_json::Error) -> &'static str {
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    // The column counts bytes, and may be that of any character of a word.
    let at = error.column().saturating_sub(1).min(line.len());
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = line.as_bytes();
    let before = bytes.get(..at).unwrap_or_default().iter().rev().take_while(|byte| is_part(byte)).count();
    let from = at.saturating_sub(before);
    let rest = bytes.get(from..).unwrap_or_default();
    let word = rest.get(..rest.iter().take_while(|byte| is_part(byte)).count()).unwrap_or_default();
    let behind = rest.get(word.len()).copied().unwrap_or_default();
    let is_word = |known: &str| word.eq_ignore_ascii_case(known.as_bytes());
    match (word, bytes.get(at).copied().unwrap_or_default()) {
        ([first, ..], _) if first.is_ascii_alphabetic() && behind == b'(' => SHELL,
        _ if ["nan", "none", "true", "false", "undefined", "infinity", "null", "inf", "na"]
            .into_iter()
            .any(is_word) =>
        {
            LITERAL
        }
        (_, b'\'') => SINGLE_QUOTES,
        (_, b'\\') if line.contains("\\\"") => ESCAPED,
        ([b'0', ..], _) | (_, b'+' | b'.') => NUMBER,
        _ => NOT_JSON,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_json_is_told_from_what_is_none() {
        for (text, why) in [
            ("{\"a\":NaN}", LITERAL),
            ("{\"a\":None,\"b\":1}", LITERAL),
            ("{\"a\": True}", LITERAL),
            ("{\"a\":undefined}", LITERAL),
            ("{\"a\":-Infinity}", LITERAL),
            ("{'a':1}", SINGLE_QUOTES),
            ("{\\\"a\\\":1}", ESCAPED),
            ("{\"a\":007}", NUMBER),
            ("{\"a\":+7}", NUMBER),
            ("{\"a\":.5}", NUMBER),
            ("{\"a\":NumberLong(42)}", SHELL),
            ("{\"a\":ISODate(\"2030\")}", SHELL),
            ("{\"a\"", NOT_JSON),
            ("{a}", NOT_JSON),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            assert_eq!(why_not_json(text, &error), why, "{text}: {error}");
        }
    }
}
