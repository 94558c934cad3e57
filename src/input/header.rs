//! Headers from text.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::error::InvalidValue;

/// Parses a header. The error shows neither its name nor its value.
pub(crate) fn parse_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), InvalidValue> {
    let name = HeaderName::try_from(name).map_err(|_| InvalidValue::new("header name", "is not a token"))?;
    if [
        http::header::HOST,
        http::header::CONTENT_LENGTH,
        http::header::TRANSFER_ENCODING,
        http::header::CONNECTION,
    ]
    .contains(&name)
    {
        return Err(InvalidValue::new("header", "is one of those that the transport sets"));
    }
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| InvalidValue::new("header value", "has control characters"))?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// Adds a header, in place of one of the same name. At most 1,000, because a map of very many panics.
pub(crate) fn add_header(
    headers: &mut HeaderMap,
    name: HeaderName,
    value: HeaderValue,
) -> Result<(), InvalidValue> {
    if headers.len() >= 1_000 {
        return Err(InvalidValue::new("header", "is one of more than 1,000"));
    }
    headers.insert(name, value);
    Ok(())
}
