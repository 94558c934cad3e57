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

/// The call has ended as not sent, so nothing may be sent any more.
pub(super) fn ended() -> TransportError {
    TransportError::with("the call has ended", None).not_sent()
}

/// hyper does not tell the two apart.
const TOO_LARGE: &str = "the response has more headers than `max_headers` allows, or a head of over 400 KiB";

/// An exchange that broke after the request may have left.
pub(super) fn broken(error: hyper::Error) -> TransportError {
    // What hyper cannot parse, or would not send, stays that way.
    let permanent = error.is_parse() || error.is_user() || is_malformed(&error);
    let unsent = error.is_canceled();
    // hyper has no predicate for this.
    let too_large = error.is_parse() && error.to_string().ends_with("too large");
    let what = if too_large { TOO_LARGE } else { "the exchange broke off" };
    let error = TransportError::with(what, Some(plain(error)));
    let error = if permanent { error.permanent() } else { error };
    if unsent { error.not_sent() } else { error }
}

/// The error without the URL that rustls puts into the text of an early end, which its kind tells as well.
pub(super) fn plain(error: hyper::Error) -> BoxError {
    match io_kind(&error) {
        Some(kind @ ErrorKind::UnexpectedEof) => std::io::Error::from(kind).into(),
        _ => error.into(),
    }
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

/// The same of HTTP/2. What the server says it has not processed was not sent (RFC 9113 sections 6.8 and 8.7): a refused
/// stream, and one above the last of a GOAWAY, which alone makes h2 report a GOAWAY of the server's for a stream.
#[cfg(feature = "http2")]
pub(super) fn broken_http2(error: h2::Error) -> TransportError {
    let unsent = error.is_remote()
        && (error.is_go_away() || error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM));
    let malformed = error.is_library();
    let error = TransportError::with("the exchange broke off", Some(wordless(error)));
    let error = if malformed { error.permanent() } else { error };
    if unsent { error.not_sent() } else { error }
}

/// The error without what the server or rustls have put into it.
#[cfg(feature = "http2")]
pub(super) fn wordless(error: h2::Error) -> BoxError {
    match (error.get_io(), error.reason()) {
        (Some(io), _) => std::io::Error::from(io.kind()).into(),
        (None, Some(reason)) if error.is_go_away() => h2::Error::from(reason).into(),
        (None, _) => error.into(),
    }
}
