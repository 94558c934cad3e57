//! Text.

use memchr::memchr3;

/// What is said of a word that stands for a missing value.
const MISSING: &str = "is a word for a missing value";
const NUMBER: &str = "is a number in a spreadsheet's notation, which has lost digits";
const FLOAT: &str = "is a whole number with a decimal point, as data frames write one: 42.0 for 42";
const DATE: &str = "is a date, as a spreadsheet makes of what looks like one";
const ERROR: &str = "is what a spreadsheet shows instead of a value";
const APOSTROPHE: &str = "begins with an apostrophe, by which spreadsheets mark text";
const FORMULA: &str = "is a formula, by which spreadsheets are kept from changing text";
const QUOTED: &str = "stands in quotation marks of its own";
const PRINTED: &str = "is written as a program prints a value: b'...', [...] or a type with parentheses";
const BACKSLASHES: &str =
    "has two backslashes in a row, as a database's text format writes one: see --escape";
const ESCAPED: &str = "has an escape of JSON or a programming language, such as \\u00e9";
const PERCENT: &str = "has percent-encoding, as in a URL";
const ENTITY: &str = "has a character reference of HTML, such as &amp;";
const REPLACED: &str = "has the character that stands for what could not be read (U+FFFD)";
const INVISIBLE: &str = "has a character that cannot be seen, such as a byte order mark";
const TYPOGRAPHIC: &str = "has typographic quotation marks, as word processors set them";
const MISREAD: &str = "has UTF-8 that was read as another encoding";

/// Words in most programs, databases and data frames. Some are only what they seem as they are written here.
const MISSING_WORDS: [&str; 11] =
    ["null", "(null)", "<null>", "undefined", "nan", "nat", "nil", "<nil>", "<na>", "\\n", "[object object]"];
const MISSING_AS_WRITTEN: [&str; 3] = ["None", "NA", "N/A"];
const SHEET_ERRORS: [&str; 8] =
    ["#n/a", "#ref!", "#value!", "#name?", "#num!", "#div/0!", "#null!", "#spill!"];

/// What an exporter seems to have done to a text; `None` if nothing shows.
pub(crate) fn damage(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let what = if text.is_ascii() { None } else { in_other_characters(text) };
    let what = what.or_else(|| memchr3(b'\\', b'&', b'%', bytes).and_then(|_| encoding(text)));
    if what.is_some() {
        return what;
    }
    match bytes.first()? {
        b'0'..=b'9' | b'-' | b'.' => number_or_date(text),
        b'#' => {
            let is_narrow = text.len() > 1 && text.bytes().all(|byte| byte == b'#');
            (is_narrow || is_one_of(text, &SHEET_ERRORS)).then_some(ERROR)
        }
        b'\'' if text.len() > 1 && text.ends_with('\'') => Some(QUOTED),
        b'\'' => Some(APOSTROPHE),
        b'"' if text.len() > 1 && text.ends_with('"') => Some(QUOTED),
        b'=' if text.starts_with("=\"") && text.ends_with('"') => Some(FORMULA),
        _ if is_missing(text) => Some(MISSING),
        b'A'..=b'Z' if is_month_and_year(text) => Some(DATE),
        _ => is_printed(text).then_some(PRINTED),
    }
}

/// What shows in backslashes, ampersands and per cent signs.
fn encoding(text: &str) -> Option<&'static str> {
    match () {
        () if is_missing(text) => Some(MISSING),
        () if text.contains("\\\\") => Some(BACKSLASHES),
        () if has_escape(text) => Some(ESCAPED),
        () if has_character_reference(text) => Some(ENTITY),
        // In a URI it belongs there.
        () if !text.contains("://") && has_percent_encoding(text) => Some(PERCENT),
        () => None,
    }
}

/// What shows in characters beyond ASCII.
fn in_other_characters(text: &str) -> Option<&'static str> {
    text.chars().find_map(of_character).or_else(|| is_misread(text).then_some(MISREAD))
}

fn of_character(character: char) -> Option<&'static str> {
    match character {
        '\u{fffd}' => Some(REPLACED),
        '\u{feff}' | '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}' => {
            Some(INVISIBLE)
        }
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => Some(TYPOGRAPHIC),
        _ => None,
    }
}

/// The two bytes of one character, each taken for a character.
fn is_misread(text: &str) -> bool {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or_default();
        let is_second =
            ('\u{80}'..='\u{bf}').contains(&next) || "\u{20ac}\u{153}\u{161}\u{178}".contains(next);
        if matches!(character, '\u{c2}' | '\u{c3}' | '\u{e2}') && is_second {
            return true;
        }
    }
    false
}

/// Whether the whole text is a word for a missing value.
pub(crate) fn is_missing(text: &str) -> bool {
    text.len() <= 15 && (is_one_of(text, &MISSING_WORDS) || MISSING_AS_WRITTEN.contains(&text))
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `\u00e9`, `\xe9`
fn has_escape(text: &str) -> bool {
    let is_hex = |rest: &str, digits: usize| {
        rest.get(..digits).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    text.split('\\').skip(1).any(|behind| match behind.split_at_checked(1) {
        Some(("u", rest)) => is_hex(rest, 4),
        Some(("x", rest)) => is_hex(rest, 2),
        _ => false,
    })
}

/// `%40`
fn has_percent_encoding(text: &str) -> bool {
    let is_code =
        |rest: &str| rest.get(..2).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    text.split('%').skip(1).any(is_code)
}

/// `&amp;`, `&#39;`, `&#x27;`
fn has_character_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let Some((name, _)) = rest.split_once(';') else {
            return false;
        };
        match name.strip_prefix('#') {
            Some(number) => {
                let digits = number.strip_prefix(['x', 'X']);
                let is_digit = |byte: u8| {
                    if digits.is_some() { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() }
                };
                let digits = digits.unwrap_or(number);
                !digits.is_empty() && digits.bytes().all(is_digit)
            }
            None => ["amp", "lt", "gt", "quot", "apos", "nbsp"].contains(&name),
        }
    })
}

/// What a text that begins like a number has become.
fn number_or_date(text: &str) -> Option<&'static str> {
    if is_rounded_by_spreadsheet(text) {
        return Some(NUMBER);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, zeros))
            if is_digits(whole) && !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') =>
        {
            Some(FLOAT)
        }
        _ => is_date(text).then_some(DATE),
    }
}

/// `1.23457E+17`, `2.64782e+13`, `1.2e17`: an exponent with a sign, or behind a decimal point. Without either it may be
/// hexadecimal.
fn is_rounded_by_spreadsheet(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = exponent.strip_prefix(['+', '-']);
    let shows = unsigned.is_some() || mantissa.contains('.');
    shows
        && is_digits(unsigned.unwrap_or(exponent))
        && mantissa.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && mantissa.parse::<f64>().is_ok()
}

/// `2-Mar`, `2-Mar-24`, `3/4/2024`, `2024-03-02 00:00:00`
fn is_date(text: &str) -> bool {
    let is_number = |text: &str, lengths: &[usize]| {
        lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = text.split(['-', '/']).take(4).collect();
    match parts.as_slice() {
        [day, month] => is_number(day, &[1, 2]) && is_month(month),
        [day, month, year] if is_month(month) => is_number(day, &[1, 2]) && is_number(year, &[2, 4]),
        [first, second, year] if text.contains('/') => {
            is_number(first, &[1, 2]) && is_number(second, &[1, 2]) && is_number(year, &[2, 4])
        }
        [year, month, rest] => {
            let time = rest.split_once([' ', 'T']).map_or("", |(_, time)| time);
            is_number(year, &[4])
                && is_number(month, &[2])
                && is_number(rest.get(..2).unwrap_or_default(), &[2])
                && time.contains(':')
        }
        _ => false,
    }
}

/// `Mar-24`
fn is_month_and_year(text: &str) -> bool {
    text.split_once('-').is_some_and(|(month, year)| {
        is_month(month) && year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_month(text: &str) -> bool {
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].contains(&text)
}

/// `b'...'`, `['...']`, `{'...': ...}`, `ObjectId(...)`, `Some(...)`
fn is_printed(text: &str) -> bool {
    if !text.ends_with(['\'', '"', ']', '}', ')']) {
        return false;
    }
    let wraps = |open: &str, close: &str| text.starts_with(open) && text.ends_with(close);
    [
        ("b'", "'"),
        ("b\"", "\""),
        ("u'", "'"),
        ("u\"", "\""),
        ("['", "]"),
        ("[\"", "]"),
        ("{'", "}"),
        ("{\"", "}"),
    ]
    .into_iter()
    .any(|(open, close)| wraps(open, close) && text.len() >= open.len() + close.len())
        || ["ObjectId(", "UUID(", "BinData(", "ISODate(", "NumberLong(", "Some(", "Optional("]
            .into_iter()
            .any(|open| wraps(open, ")"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_changing_a_text_is_named() {
        for (text, what) in [
            ("null", MISSING),
            ("NULL", MISSING),
            ("None", MISSING),
            ("NaN", MISSING),
            ("undefined", MISSING),
            ("[object Object]", MISSING),
            ("\\N", MISSING),
            ("1.23457E+17", NUMBER),
            ("2.64782e+13", NUMBER),
            ("1.2e17", NUMBER),
            ("42.0", FLOAT),
            ("2-Mar", DATE),
            ("Mar-24", DATE),
            ("2-Mar-2024", DATE),
            ("3/4/2024", DATE),
            ("2024-03-02 00:00:00", DATE),
            ("2024-03-02T00:00:00Z", DATE),
            ("#N/A", ERROR),
            ("#REF!", ERROR),
            ("#######", ERROR),
            ("'00123", APOSTROPHE),
            ("=\"00123\"", FORMULA),
            ("\"john\"", QUOTED),
            ("'john'", QUOTED),
            ("b'john'", PRINTED),
            ("['john']", PRINTED),
            ("{\"$oid\":\"64\"}", PRINTED),
            ("ObjectId(64)", PRINTED),
            ("CORP\\\\alice", BACKSLASHES),
            ("j\\u00f6hn", ESCAPED),
            ("j\\xf6hn", ESCAPED),
            ("john%40example.com", PERCENT),
            ("auth0%7C12", PERCENT),
            ("O&#39;Brien", ENTITY),
            ("O&#x27;Brien", ENTITY),
            ("a&amp;b", ENTITY),
            ("j\u{fffd}hn", REPLACED),
            ("\u{feff}john", INVISIBLE),
            ("john\u{a0}", INVISIBLE),
            ("\u{201c}john\u{201d}", TYPOGRAPHIC),
            ("j\u{c3}\u{b6}hn", MISREAD),
        ] {
            assert_eq!(damage(text), Some(what), "{text}");
        }
    }

    #[test]
    fn what_people_and_servers_are_called_is_let_through() {
        for text in [
            "john",
            "00123",
            "26478243745571",
            "CORP\\alice",
            "https://idp.example/users/a%20b",
            "100%",
            "50%off",
            "AT&T",
            "a&b;c",
            "O'Brien",
            "j\u{f6}hn",
            "None of these",
            "na",
            "none",
            "March",
            "Mar",
            "12-34",
            "2024-03-02",
            "12345e67",
            "1e10",
            "550e8400-e29b-41d4-a716-446655440000",
            "4e5d.",
            "-",
            "#1",
            "user#7",
            "b'",
            "urn:mace:incommon:iap:silver",
            "1.2.3",
            "10.0.0.1",
            "\u{c9}mile",
        ] {
            assert_eq!(damage(text), None, "{text}");
        }
    }
}
