//! What is set up: the services and the switches.

mod client;
mod switches;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use client::Client;
pub use switches::{
    FailedTokenCount, PartialApplication, PendingResult, RefreshTokens, SingleAccessToken, Switches,
    UnknownMembers, UpdateSemantics, Validation,
};

/// The bearer a simulator accepts unless told otherwise. Not a secret.
pub const DEFAULT_BEARER: &str = "simulator-bearer";

/// The service a simulator has unless told otherwise.
pub const DEFAULT_SERVICE_ID: &str = "1234567890";

/// Everything the operations need to know.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The services, with their own switches where they have some.
    pub(crate) services: BTreeMap<Arc<str>, Option<Switches>>,
    pub(crate) switches: Switches,
}

/// What is wrong with a text that is not [visible](is_visible).
pub(crate) const NOT_VISIBLE: &str = "visible ASCII characters are expected, one at least";

/// Whether a text can stand in a header, a path and the line that the program prints.
pub(crate) fn is_visible(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Config {
    /// The service with this ID.
    pub(crate) fn service(&self, id: &str) -> Option<Arc<str>> {
        self.services.get_key_value(id).map(|(id, _)| Arc::clone(id))
    }

    /// The switches of a service.
    pub(crate) fn switches(&self, service_id: &str) -> &Switches {
        self.services.get(service_id).and_then(Option::as_ref).unwrap_or(&self.switches)
    }

    /// The switches of a service that is there, which from now on has its own.
    pub(crate) fn own_switches(&mut self, service_id: &str) -> Option<&mut Switches> {
        let Self { services, switches } = self;
        Some(services.get_mut(service_id)?.get_or_insert_with(|| switches.clone()))
    }
}
