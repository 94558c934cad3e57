//! What is stored: tokens, batches, and what names them. No rules of HTTP or OAuth.

mod approval;
mod batches;
mod consents;
mod device;
mod digest;
mod flow_log;
mod flows;
mod item;
mod store;
mod token;
mod waiting;

pub(crate) use approval::Approval;
pub use batches::{BatchRecord, BatchState};
pub(crate) use batches::{Batches, Pending};
pub(crate) use consents::Consents;
pub(crate) use device::{Device, DeviceDecision};
pub(crate) use digest::{Hash, Opaque, base64url, from_base64url, sha256};
pub use flow_log::{FlowEnd, FlowKind, FlowRecord};
pub(crate) use flows::{
    AuthorizationRequest, Challenge, ChallengeMethod, CodeGrant, Flows, Kept, PasswordRequest, PushedRequest,
    ResponseMode, ResponseTarget, ResponseType,
};
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
    pub(crate) consents: Consents,
    pub(crate) opaque: Opaque,
}

impl State {
    /// Nothing yet, but the access tokens that make a batch fail.
    pub(crate) fn new(poison: impl IntoIterator<Item = String>) -> Self {
        Self {
            store: Store::default(),
            batches: Batches::new(poison),
            flows: Flows::default(),
            consents: Consents::default(),
            opaque: Opaque::new(),
        }
    }

    /// Ends all that lives of a client, or of all clients of a service: tokens, flows and consents.
    pub(crate) fn forget(&mut self, service_id: &str, client_id: Option<i64>, now: i64) {
        let is_of = |token: &StoredToken| {
            token.service_id.as_ref() == service_id && client_id.is_none_or(|id| token.client_id == Some(id))
        };
        for slot in self.store.slots_where(is_of).collect::<Vec<_>>() {
            self.store.delete(slot, Deletion::Requested, now);
        }
        self.flows.forget(service_id, client_id, now);
        self.consents.forget(service_id, client_id);
    }
}
