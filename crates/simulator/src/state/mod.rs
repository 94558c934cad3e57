//! What is stored: tokens, batches, and what names them. No rules of HTTP or OAuth.

mod batches;
mod digest;
mod flows;
mod item;
mod store;
mod token;

pub use batches::{BatchRecord, BatchState};
pub(crate) use batches::{Batches, Pending};
pub(crate) use digest::{Opaque, base64url, from_base64url, sha256};
pub(crate) use flows::{AuthorizationRequest, Challenge, ChallengeMethod, Code, Flows, Ticket, Waiting};
pub(crate) use item::TokenRequest;
pub(crate) use store::{Claims, Store, Taken};
pub use store::{DeletedToken, Deletion};
pub use token::{GrantType, Property, StoredToken, TokenExtra};

/// Everything that is remembered.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) batches: Batches,
    pub(crate) flows: Flows,
    pub(crate) opaque: Opaque,
}

impl State {
    /// Nothing yet, but the access tokens that make a batch fail.
    pub(crate) fn new(poison: impl IntoIterator<Item = String>) -> Self {
        Self {
            store: Store::default(),
            batches: Batches::new(poison),
            flows: Flows::default(),
            opaque: Opaque::new(),
        }
    }
}
