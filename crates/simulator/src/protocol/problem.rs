//! An OAuth error.

use super::codes::Code;

/// Why a request of a flow is refused: the result code, the error of the RFC, and what happened, without any value of
/// the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OAuthError {
    pub(crate) code: Code,
    pub(crate) error: &'static str,
    pub(crate) text: &'static str,
}

impl OAuthError {
    pub(crate) const fn new(code: Code, error: &'static str, text: &'static str) -> Self {
        Self { code, error, text }
    }

    /// `invalid_request`
    pub(crate) const fn invalid_request(code: Code, text: &'static str) -> Self {
        Self::new(code, "invalid_request", text)
    }

    /// `invalid_grant` (RFC 6749, section 5.2)
    pub(crate) const fn invalid_grant(code: Code, text: &'static str) -> Self {
        Self::new(code, "invalid_grant", text)
    }

    /// `invalid_client` (RFC 6749, section 5.2)
    pub(crate) const fn invalid_client(code: Code, text: &'static str) -> Self {
        Self::new(code, "invalid_client", text)
    }
}
