//! Who may introspect tokens.

use std::fmt;

use crate::models::Secret;

/// A resource server that may introspect tokens (RFC 7662 section 2.1), with what it authenticates itself by.
#[derive(Clone)]
pub struct ResourceServer {
    pub(super) id: String,
    pub(super) secret: Secret,
    pub(super) uri: Option<String>,
}

impl ResourceServer {
    /// One that authenticates itself with `Basic`.
    #[must_use]
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self { id: id.into(), secret: secret.into(), uri: None }
    }

    /// Its identifier, an absolute URI: the audience of a JWT (RFC 9701 section 5). Without it the answer is JSON.
    #[must_use]
    pub fn uri(mut self, uri: impl Into<String>) -> Self {
        self.uri = Some(uri.into());
        self
    }
}

impl fmt::Debug for ResourceServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("ResourceServer");
        shown.field("id", &self.id).field("uri", &self.uri).finish_non_exhaustive()
    }
}
