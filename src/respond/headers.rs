//! Headers, checked.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Sets a header, in place of any with its name.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.insert(name, value);
}

/// A header's value, which takes the text over; `None` if there is no text in it, or some that cannot stand in a header.
pub(super) fn header(text: String) -> Option<HeaderValue> {
    if text.trim_ascii().is_empty() {
        return None;
    }
    HeaderValue::from_maybe_shared(Bytes::from(text)).ok()
}
