//! What the simulator saw and did, for a test to judge by.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime};

use bytes::Bytes;

use crate::faults::Operation;
use crate::server::Shared;
use crate::token::StoredToken;
use crate::{digest, locked};

/// A request, recorded when its head had arrived.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The number of the TCP connection it came over, counted from 1 in order of acceptance.
    pub connection: u64,
    /// The client's end of that connection.
    pub peer: SocketAddr,
    /// When the head had arrived, monotonic.
    pub at: Instant,
    /// When the head had arrived, wall clock.
    pub time: SystemTime,
    /// The method.
    pub method: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query as sent, without the question mark.
    pub query: Option<String>,
    /// The headers in order; names are lower-case, bytes that are not UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body; empty until it had arrived, and always when bodies are not recorded.
    pub body: Bytes,
    /// The length of the body in bytes; `None` when it did not arrive as a whole.
    pub body_length: Option<usize>,
    /// The operation the method and path stand for; `None` for what the simulator does not know.
    pub operation: Option<Operation>,
    /// Whether the request reached its operation. It did not when a fault, the bearer check or the
    /// service check came first. Whether it had an effect is for the tokens and batches to tell: an
    /// operation that refuses bad input was reached.
    pub processed: bool,
    /// The status handed to the connection; `None` when none was (yet).
    pub status: Option<u16>,
}

impl RecordedRequest {
    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `None` when it is none.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Shows neither path, query, headers nor body: they may carry tokens.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("connection", &self.connection)
            .field("method", &self.method)
            .field("operation", &self.operation)
            .field("body_length", &self.body_length)
            .field("processed", &self.processed)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchState {
    /// Accepted, not applied yet.
    Pending,
    /// Applied as a whole (or, as a dry run, found to be without fault).
    Succeeded,
    /// Stopped by an error.
    Failed,
}

/// A batch that was accepted. Times are Unix milliseconds on the simulator's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchRecord {
    /// The service.
    pub service_id: Arc<str>,
    /// The request ID, also when the client was not told it.
    pub request_id: Arc<str>,
    /// Whether it was a dry run.
    pub dry_run: bool,
    /// The number of items received.
    pub item_count: usize,
    /// The number of tokens created; 0 for a dry run.
    pub applied: usize,
    /// How far it is.
    pub state: BatchState,
    /// The code of the first error, one of ours.
    pub error_code: Option<&'static str>,
    /// The first error in words, with the position of the item and without any of its values.
    pub error_description: Option<String>,
    /// When it was accepted.
    pub created_at: i64,
    /// When it was applied.
    pub modified_at: i64,
    /// The number of status requests it received.
    pub status_requests: u32,
}

/// Why a token is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deletion {
    /// The delete operation.
    Requested,
    /// It had expired when it was introspected.
    Expired,
    /// `singleAccessTokenPerSubject`: a newer one took its place.
    Replaced,
}

/// A token that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeletedToken {
    /// The service it belonged to.
    pub service_id: Arc<str>,
    /// The base64url SHA-256 hash of the access token.
    pub access_token_hash: String,
    /// Why it is gone.
    pub why: Deletion,
    /// When, in Unix milliseconds on the simulator's clock.
    pub at: i64,
}

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
        locked(&self.shared.requests).clone()
    }

    /// The requests for one operation, in order of arrival.
    pub fn requests_for(&self, operation: Operation) -> Vec<RecordedRequest> {
        let requests = locked(&self.shared.requests);
        requests.iter().filter(|request| request.operation == Some(operation)).cloned().collect()
    }

    /// The number of requests.
    pub fn request_count(&self) -> usize {
        locked(&self.shared.requests).len()
    }

    /// The number of requests that reached their operation ([`RecordedRequest::processed`]).
    pub fn processed_count(&self) -> usize {
        locked(&self.shared.requests).iter().filter(|request| request.processed).count()
    }

    /// The number of TCP connections accepted.
    pub fn connection_count(&self) -> usize {
        self.shared.accepted.load(Ordering::SeqCst)
    }

    /// The number of TCP connections that the server still holds.
    pub fn open_connections(&self) -> usize {
        self.shared.open.load(Ordering::SeqCst)
    }

    /// The tokens in the store, of all services, in order of creation.
    pub fn tokens(&self) -> Vec<StoredToken> {
        self.shared.with_state(|state| state.store.iter().cloned().collect())
    }

    /// Calls `each` for every token in the store, in order of creation, without copying them.
    /// Do not use the simulator inside `each`: the store is locked.
    pub fn for_each_token(&self, each: impl FnMut(&StoredToken)) {
        self.shared.with_state(|state| state.store.iter().for_each(each));
    }

    /// The token with this access token.
    pub fn token(&self, access_token: &str) -> Option<StoredToken> {
        self.shared.with_state(|state| state.store.find_anywhere(access_token).cloned())
    }

    /// Whether the store has this access token.
    pub fn contains(&self, access_token: &str) -> bool {
        self.shared.with_state(|state| state.store.find_anywhere(access_token).is_some())
    }

    /// The number of tokens in the store. Does not grow slower with their number.
    pub fn token_count(&self) -> usize {
        self.shared.with_state(|state| state.store.len())
    }

    /// The number of tokens ever created, those that are gone included.
    pub fn created_count(&self) -> usize {
        self.shared.with_state(|state| state.store.created())
    }

    /// The tokens that are gone, in the order in which they went.
    pub fn deleted(&self) -> Vec<DeletedToken> {
        self.shared.with_state(|state| state.store.deleted().to_vec())
    }

    /// How often a token was refused because its access or refresh token existed already.
    pub fn rejected_duplicates(&self) -> u64 {
        self.shared.with_state(|state| state.store.rejected_duplicates())
    }

    /// The batches that were accepted, in order.
    pub fn batches(&self) -> Vec<BatchRecord> {
        self.shared.with_state(|state| state.batches.records().to_vec())
    }

    /// The hash by which the token list names a token here: SHA-256, base64url without padding. Which one Authlete uses is
    /// not documented.
    pub fn hash_of(access_token: &str) -> String {
        digest::base64url(digest::sha256(access_token))
    }
}

/// Shows counts only.
impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut by_status = BTreeMap::new();
        for request in locked(&self.shared.requests).iter() {
            *by_status.entry(request.status).or_insert(0_usize) += 1;
        }
        f.debug_struct("Ledger").field("requests_by_status", &by_status).finish_non_exhaustive()
    }
}
