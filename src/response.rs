//! What a successful call returns.

use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::error::AuthleteError;

/// What every function returns.
///
/// `Ok` means that Authlete answered with a success and a body of the documented shape. An `action` of `BAD_REQUEST` in
/// that body is `Ok`: it is about the request your application received, and tells what to answer to it.
pub type ApiResult<T> = Result<Envelope<T>, AuthleteError>;

/// A decoded body with the response's head.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The decoded body.
    pub value: T,
    /// The response's head.
    pub http: HttpMeta,
}

impl<T> Envelope<T> {
    /// The body alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same head with another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Envelope<U> {
        Envelope { value: change(self.value), http: self.http }
    }
}

/// A response's head. Its `Debug` shows the names of the headers, not their values.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpMeta {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// How many requests the call took, 1 if the first succeeded.
    pub attempts: u32,
}

impl fmt::Debug for HttpMeta {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpMeta")
            .field("status", &self.status.as_u16())
            .field("headers", &HeaderNames(&self.headers))
            .field("attempts", &self.attempts)
            .finish()
    }
}

/// Shows the names of headers only.
pub(crate) struct HeaderNames<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.keys()).finish()
    }
}
