//! Headers, checked.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Sets a header, in place of any with its name.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.insert(name, value);
}

/// Whether there is nothing but white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

/// Whether the text can stand in a header (RFC 9110 section 5.5).
pub(super) fn is_header(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\t' || byte >= b' ' && byte != 0x7f)
}

/// A header's value, which takes the text over; `None` if there is no text in it, or some that cannot stand in a header.
pub(super) fn header(text: String) -> Option<HeaderValue> {
    if is_blank(&text) { None } else { HeaderValue::from_maybe_shared(Bytes::from(text)).ok() }
}

/// There is more than one.
pub(super) struct Several;

/// The only header with this name, if there is one.
pub(super) fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a HeaderValue>, Several> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        _ => Err(Several),
    }
}
