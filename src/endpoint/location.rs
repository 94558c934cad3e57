//! Where a client is sent.

use std::borrow::Cow;
use std::fmt::Write;

/// The URI to redirect to, with what a URI cannot have escaped as in RFC 3987 section 3.1. `None` if the text is no absolute URI.
///
/// Redirection URIs may have schemes of their own, and a fragment here.
pub(super) fn escaped(text: &str) -> Option<Cow<'_, str>> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'.') || byte.is_ascii_alphanumeric());
    // Before a host of its own there must be one: `http://` alone leads nowhere.
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let has_host = rest
        .strip_prefix("//")
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':', '@']));
    if !is_scheme || rest.is_empty() || rest == "//" || is_web && !has_host {
        return None;
    }
    // White space and control characters are no part of any URI, and `<`, `>`, `"` are what a page has.
    if rest.bytes().any(|byte| matches!(byte, 0..=b' ' | b'<' | b'>' | b'"' | 0x7f)) || has_bad_escape(rest) {
        return None;
    }
    let fits = |byte: u8| !matches!(byte, b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') && byte.is_ascii();
    if rest.bytes().all(fits) {
        return Some(text.into());
    }
    let mut uri = String::with_capacity(text.len() + 32);
    uri.push_str(scheme);
    uri.push(':');
    for byte in rest.bytes() {
        if fits(byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    Some(uri.into())
}

/// Whether there is a percent sign without two hexadecimal digits behind it.
fn has_bad_escape(text: &str) -> bool {
    text.split('%').skip(1).any(|after| {
        let digits = after.as_bytes().get(..2);
        !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Whether the text is a page.
pub(super) fn is_page(text: &str) -> bool {
    text.trim_ascii_start().starts_with('<')
}
