//! What is looked for.

use authlete::models::{GrantType, TokenCreateRequest};

use crate::input::Lifetimes;

/// A token to look for, and when it expires.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) token: &'a TokenCreateRequest,
    pub(crate) lifetimes: Lifetimes,
}

impl Wanted<'_> {
    /// Whether it is bound to a certificate or key.
    pub(super) fn is_bound(&self) -> bool {
        self.token.certificate_thumbprint.is_some() || self.token.dpop_key_thumbprint.is_some()
    }
}

/// The subject that the server keeps.
pub(super) fn subject(token: &TokenCreateRequest) -> Option<&str> {
    token.subject.as_deref().filter(|_| token.grant_type != GrantType::ClientCredentials)
}

/// Whether the record has a refresh token that the server is to have now.
pub(super) fn has_refresh_token(wanted: &Wanted<'_>, now: i64) -> bool {
    wanted.token.refresh_token.is_some()
        && wanted.lifetimes.refreshable
        && wanted.lifetimes.refresh.is_none_or(|at| at > now)
}
