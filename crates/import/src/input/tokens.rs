//! What a token looks like: whether a client can present it, whether it can be secret, and whether it is a token at all.

use super::exporter::is_missing;

/// Kinds of characters, as bits.
const BEARER: u8 = 1;
const BASE64URL: u8 = 2;

/// Of which kinds a byte is.
fn kinds(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' => BEARER | BASE64URL,
        b'+' | b'/' | b'.' | b'~' => BEARER,
        _ => 0,
    }
}

/// Whether all of a text is of a kind.
fn is_all(text: &str, kind: u8) -> bool {
    text.bytes().fold(kind, |common, byte| common & kinds(byte)) == kind
}

/// What is wrong with a token.
pub(super) fn problem(token: &str) -> Option<&'static str> {
    // Without an early end, so that many are looked at at a time.
    if !token.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~')) {
        let is_control = token.chars().any(char::is_control);
        let other = "has a character that no token may have (RFC 6749 appendix A)";
        Some(if is_control { "has a control character" } else { other })
    } else if token.starts_with(' ') || token.ends_with(' ') {
        Some("begins or ends with a space")
    } else if token.len() > 1 && token.starts_with('"') && token.ends_with('"') {
        Some("stands in quotation marks of its own")
    } else if is_repeated(token) {
        Some("is one character, over and over: no secret")
    } else if is_placeholder(token) {
        Some("is a word that stands for a token, and none itself")
    } else if token.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer ")) {
        Some("begins with the word Bearer, which is no part of a token")
    } else {
        None
    }
}

fn is_repeated(token: &str) -> bool {
    let mut bytes = token.bytes();
    let first = bytes.next();
    bytes.all(|byte| Some(byte) == first)
}

/// What exporters, maskers and people write where a token should stand.
fn is_placeholder(token: &str) -> bool {
    const WORDS: &[&str] = &[
        "access token",
        "accesstoken",
        "bearer",
        "changeme",
        "deleted",
        "dummy",
        "empty",
        "encrypted",
        "error",
        "example",
        "expired",
        "false",
        "foo",
        "foobar",
        "hidden",
        "inf",
        "invalid",
        "masked",
        "missing",
        "n/a",
        "na",
        "name",
        "nan",
        "nat",
        "nil",
        "none",
        "not available",
        "nul",
        "null",
        "num",
        "object object",
        "password",
        "placeholder",
        "redacted",
        "ref",
        "refresh token",
        "refreshtoken",
        "removed",
        "revoked",
        "sample",
        "secret",
        "string",
        "tbd",
        "test",
        "todo",
        "token",
        "true",
        "undefined",
        "unknown",
        "unset",
        "value",
        "xxx",
    ];
    if is_missing(token) {
        return true;
    }
    let is_part = |byte: u8| byte.is_ascii_alphanumeric();
    let (Some(start), Some(last)) = (token.bytes().position(is_part), token.bytes().rposition(is_part))
    else {
        // Such as dashes and stars.
        return true;
    };
    let word = token.get(start..=last).unwrap_or_default();
    let spaced = |byte: u8| if matches!(byte, b'_' | b'-') { b' ' } else { byte.to_ascii_lowercase() };
    let is = |known: &str| known.len() == word.len() && known.bytes().eq(word.bytes().map(spaced));
    word.len() <= 16 && WORDS.iter().any(|known| is(known))
}

/// Whether a token is short enough to be guessed.
pub(super) fn is_short(token: &str) -> bool {
    token.len() < 16
}

/// Whether it cannot stand in an `Authorization` header (RFC 6750 section 2.1).
pub(super) fn is_no_bearer(token: &str) -> bool {
    let body = token.trim_end_matches('=');
    body.is_empty() || !is_all(body, BEARER)
}

/// Whether it looks like a signed or encrypted JWT (RFC 7519): parts of base64url, the first of them an object.
pub(super) fn is_jwt(token: &str) -> bool {
    let dots = || token.bytes().filter(|byte| *byte == b'.').count();
    token.starts_with("eyJ")
        && matches!(dots(), 2 | 4)
        && token.split('.').all(|part| is_all(part, BASE64URL))
}
