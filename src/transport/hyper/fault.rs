//! What failures of connections and exchanges amount to.

use std::io::ErrorKind;

use super::super::{BoxError, TransportError};

/// A failure before the request.
pub(super) fn failed(what: &'static str, source: impl Into<BoxError>) -> TransportError {
    TransportError::with(what, Some(source.into())).not_sent()
}

/// A host that TLS or `Host` cannot name. The causes have no more to say.
pub(super) fn no_name() -> TransportError {
    TransportError::with("the host has no valid name", None).not_sent().permanent()
}

/// An exchange that broke after the request may have left.
pub(super) fn broken(error: hyper::Error) -> TransportError {
    // What hyper cannot parse, or would not send, stays that way.
    let permanent = error.is_parse() || error.is_user() || is_malformed(&error);
    let unsent = error.is_canceled() || is_refused_stream(&error);
    let source = match io_kind(&error) {
        // The kind says it all, and rustls puts a URL into the text.
        Some(kind @ ErrorKind::UnexpectedEof) => std::io::Error::from(kind).into(),
        _ => error.into(),
    };
    let error = TransportError::with("the exchange broke off", Some(source));
    let error = if permanent { error.permanent() } else { error };
    if unsent { error.not_sent() } else { error }
}

/// Whether the body's framing was wrong, which hyper reports as an error of input.
fn is_malformed(error: &hyper::Error) -> bool {
    matches!(io_kind(error), Some(ErrorKind::InvalidInput | ErrorKind::InvalidData))
}

/// The kind of the I/O error beneath, if there is one.
fn io_kind(error: &hyper::Error) -> Option<ErrorKind> {
    let source = std::error::Error::source(error)?.downcast_ref::<std::io::Error>()?;
    Some(source.kind())
}

/// Whether HTTP/2 says that nothing of the request was processed (RFC 9113 section 8.7).
#[cfg(feature = "http2")]
fn is_refused_stream(error: &hyper::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            return error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        }
        cause = error.source();
    }
    false
}

#[cfg(not(feature = "http2"))]
fn is_refused_stream(_: &hyper::Error) -> bool {
    false
}
