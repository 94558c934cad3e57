//! A response's head.

use std::fmt;

use http::{HeaderMap, StatusCode};

/// A response's head. Its `Debug` shows the names of the headers, not their values.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpMeta {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// How many requests the call had made when this came, 1 if it answers the first.
    pub attempts: u32,
}

impl HttpMeta {
    /// A placeholder, until the response is there.
    pub(crate) fn blank() -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), attempts: 0 }
    }
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
