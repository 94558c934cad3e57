//! Whole numbers.

use super::text::is_missing;

/// From here on a float has no place for every whole number.
const FLOAT_LIMIT: u64 = 1 << 53;

pub(super) const NONE: &str = "must be a whole number";
pub(super) const SCIENTIFIC: &str = "must be a whole number: in scientific notation digits are lost";
const FLOAT: &str =
    "must be a whole number: one with a decimal point was a float, and has lost digits at this size";
const SPACE: &str = "must be a whole number: there is space around it";
const ZEROS: &str = "must be a whole number: it begins with a zero, as a text does";
const PLUS: &str = "must be a whole number: it begins with a plus sign";
const FRACTION: &str = "must be a whole number: it has a fraction";
const GROUPS: &str = "must be a whole number: its digits are in groups";
const MISSING: &str = "must be a whole number: it is a word for a missing value";
const DATE: &str = "must be a whole number: it is a date, which a plan can cast";
pub(super) const TYPED: &str = "must be a whole number: it is in a document store's notation";
const LARGE: &str = "must be a whole number of 64 bits";

/// Reads a whole number from its text: digits, perhaps with a minus sign, or `42.0` as floats are written.
pub(crate) fn whole(text: &str) -> Result<i64, &'static str> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let is_zeros = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit == b'0');
    let (digits, is_float) = match unsigned.split_once('.') {
        Some((digits, zeros)) if is_zeros(zeros) => (digits, true),
        _ => (unsigned, false),
    };
    let is_plain = digits.bytes().all(|digit| digit.is_ascii_digit())
        && !digits.is_empty()
        && (digits.len() == 1 || !digits.starts_with('0'));
    if !is_plain {
        return Err(why_not(text));
    }
    let size: i64 = digits.parse().map_err(|_| LARGE)?;
    if is_float && size.unsigned_abs() >= FLOAT_LIMIT {
        return Err(FLOAT);
    }
    Ok(if unsigned.len() < text.len() { -size } else { size })
}

/// Why a text is no whole number.
fn why_not(text: &str) -> &'static str {
    let trimmed = text.trim();
    let bare = trimmed.trim_start_matches(['-', '+']);
    let has_digits = bare.starts_with(|first: char| first.is_ascii_digit());
    let is_of = |allowed: &str| bare.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    let is_number = trimmed.parse::<f64>().is_ok();
    match () {
        () if is_missing(trimmed) => MISSING,
        () if has_digits && is_number && bare.contains(['e', 'E']) => SCIENTIFIC,
        () if trimmed.len() < text.len() => SPACE,
        () if trimmed.starts_with('+') => PLUS,
        () if has_digits && is_of("") => ZEROS,
        () if has_digits && is_number && is_of(".") => FRACTION,
        () if has_digits && is_of(",.'_\u{a0}\u{202f} ") => GROUPS,
        () if has_digits && bare.contains(['-', ':', '/']) => DATE,
        () if text.starts_with("NumberLong(") || text.starts_with('{') => TYPED,
        () => NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Unit, whole_of_json};
    use super::*;

    #[test]
    fn a_number_is_read_alike_in_every_notation_or_refused_with_its_reason() {
        for (text, read) in [
            ("42", Ok(42)),
            ("0", Ok(0)),
            ("-7", Ok(-7)),
            ("42.00", Ok(42)),
            ("9223372036854775807", Ok(i64::MAX)),
            ("9007199254740991.0", Ok(9_007_199_254_740_991)),
            ("9007199254740992.0", Err(FLOAT)),
            ("9223372036854775808", Err(LARGE)),
            ("2.64782e+13", Err(SCIENTIFIC)),
            ("1E5", Err(SCIENTIFIC)),
            ("1e300", Err(SCIENTIFIC)),
            ("1.5", Err(FRACTION)),
        ] {
            assert_eq!(whole(text), read, "{text}");
            // JSON spells a number as CSV does, and as a string.
            assert_eq!(whole_of_json(text, Unit::Things), read.map(Some), "{text}");
            assert_eq!(whole_of_json(&format!("\"{text}\""), Unit::Things), read.map(Some), "{text}");
        }
        for (text, reason) in [
            ("007", ZEROS),
            ("+7", PLUS),
            (" 7", SPACE),
            ("7 ", SPACE),
            ("1,234", GROUPS),
            ("1'234", GROUPS),
            ("1 234", GROUPS),
            ("nan", MISSING),
            ("None", MISSING),
            ("\\N", MISSING),
            ("NULL", MISSING),
            ("2030-01-02", DATE),
            ("1/2/2030", DATE),
            ("NumberLong(42)", TYPED),
            ("{\"$numberLong\":\"42\"}", TYPED),
            ("", NONE),
            ("7.", FRACTION),
            ("forty", NONE),
            ("0x1f", NONE),
            ("\u{0664}\u{0662}", NONE),
        ] {
            assert_eq!(whole(text), Err(reason), "{text}");
        }
    }
}
