//! What the simulator saw and did, for a test to judge by.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::record::RecordedRequest;
use super::shared::Shared;
use crate::lock::locked;
use crate::operations::Operation;
use crate::state::{BatchRecord, DeletedToken, FlowRecord, StoredToken, base64url, sha256};

/// A live view of what the simulator saw and did. Cheap to clone; it outlives the simulator.
///
/// Every look at tokens or batches first applies the batches that are due, so that what it shows does
/// not depend on whether a client asked before.
#[derive(Clone)]
pub struct Ledger {
    pub(crate) shared: Arc<Shared>,
}

impl Ledger {
    /// Every request, in order of arrival.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        locked(&self.shared.requests).all().to_vec()
    }

    /// The requests for one operation, in order of arrival.
    pub fn requests_for(&self, operation: Operation) -> Vec<RecordedRequest> {
        let requests = locked(&self.shared.requests);
        requests.all().iter().filter(|request| request.operation == Some(operation)).cloned().collect()
    }

    /// The number of requests.
    pub fn request_count(&self) -> usize {
        locked(&self.shared.requests).all().len()
    }

    /// The number of requests that reached their operation ([`RecordedRequest::processed`]).
    pub fn processed_count(&self) -> usize {
        locked(&self.shared.requests).all().iter().filter(|request| request.processed).count()
    }

    /// The number of TCP connections accepted.
    pub fn connection_count(&self) -> usize {
        self.shared.accepted.load(Ordering::SeqCst) - self.shared.forgotten.load(Ordering::SeqCst)
    }

    /// The number of TCP connections that the server still holds.
    pub fn open_connections(&self) -> usize {
        self.shared.open.load(Ordering::SeqCst)
    }

    /// The tokens in the store, of all services, in order of creation.
    pub fn tokens(&self) -> Vec<StoredToken> {
        self.shared.engine.with(|world| world.state.store.iter().cloned().collect())
    }

    /// Calls `each` for every token in the store, in order of creation, without copying them.
    /// Do not use the simulator inside `each`: the store is locked.
    pub fn for_each_token(&self, each: impl FnMut(&StoredToken)) {
        self.shared.engine.with(|world| world.state.store.iter().for_each(each));
    }

    /// The token with this access token.
    pub fn token(&self, access_token: &str) -> Option<StoredToken> {
        self.shared.engine.with(|world| world.state.store.find_anywhere(access_token).cloned())
    }

    /// Whether the store has this access token.
    pub fn contains(&self, access_token: &str) -> bool {
        self.shared.engine.with(|world| world.state.store.find_anywhere(access_token).is_some())
    }

    /// The number of tokens in the store. Does not grow slower with their number.
    pub fn token_count(&self) -> usize {
        self.shared.engine.with(|world| world.state.store.len())
    }

    /// The number of tokens ever created, those that are gone included.
    pub fn created_count(&self) -> usize {
        self.shared.engine.with(|world| world.state.store.created())
    }

    /// The tokens that are gone, in the order in which they went.
    pub fn deleted(&self) -> Vec<DeletedToken> {
        self.shared.engine.with(|world| world.state.store.deleted().to_vec())
    }

    /// What flows handed out besides tokens: tickets, codes, pushed requests, device codes; in order, with how each
    /// ended.
    pub fn flows(&self) -> Vec<FlowRecord> {
        self.shared.engine.with(|world| world.state.flows.log.at(world.moment.now).collect())
    }

    /// How often a token was refused because its access or refresh token existed already.
    pub fn rejected_duplicates(&self) -> u64 {
        self.shared.engine.with(|world| world.state.store.rejected_duplicates())
    }

    /// The batches that were accepted, in order.
    pub fn batches(&self) -> Vec<BatchRecord> {
        self.shared.engine.with(|world| world.state.batches.records().to_vec())
    }

    /// The hash by which the token list names a token here: SHA-256, base64url without padding. Which one Authlete uses is
    /// not documented.
    pub fn hash_of(access_token: &str) -> String {
        base64url(sha256(access_token))
    }
}

/// Shows counts only.
impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut by_status = BTreeMap::new();
        for request in locked(&self.shared.requests).all().iter() {
            *by_status.entry(request.status).or_insert(0_usize) += 1;
        }
        f.debug_struct("Ledger").field("requests_by_status", &by_status).finish_non_exhaustive()
    }
}
