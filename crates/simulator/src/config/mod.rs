//! What is set up: the bearer, the services, and the switches.

mod switches;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use switches::{
    FailedTokenCount, PartialApplication, PendingResult, RefreshTokens, SingleAccessToken, Switches,
    Validation,
};

/// The bearer a simulator accepts unless told otherwise. Not a secret.
pub const DEFAULT_BEARER: &str = "simulator-bearer";

/// The service a simulator has unless told otherwise.
pub const DEFAULT_SERVICE_ID: &str = "1234567890";

/// Everything the operations need to know.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) services: BTreeSet<Arc<str>>,
    pub(crate) switches: Switches,
}

impl Config {
    /// The service with this ID.
    pub(crate) fn service(&self, id: &str) -> Option<Arc<str>> {
        self.services.get(id).map(Arc::clone)
    }
}
