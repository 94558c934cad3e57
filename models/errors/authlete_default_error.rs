use std::fmt;

use bytes::Bytes;

/// What came with an error status that had no JSON object: a gateway's page, plain text, nothing.
///
/// Its `Debug` shows no more than the body's length.
#[derive(Clone, Default, PartialEq)]
pub struct AuthleteDefaultError {
    body: Bytes,
}

impl AuthleteDefaultError {
    pub(crate) fn new(body: Bytes) -> Self {
        Self { body }
    }

    /// The body, cut at the limit for error bodies (64 KiB unless set otherwise). It may hold anything, what was sent
    /// included: think before you log it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for AuthleteDefaultError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AuthleteDefaultError")
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}
