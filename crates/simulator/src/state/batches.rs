//! The batches of all services.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::item::TokenRequest;

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
    /// When it was accepted, in milliseconds since the simulator started.
    pub(crate) accepted: i64,
}

/// The items of a batch that is not applied yet.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) record: usize,
    /// When it is applied, in milliseconds since the simulator started.
    pub(crate) due: i64,
    pub(crate) items: Vec<TokenRequest>,
    /// Fail when this many items were applied.
    pub(crate) fail_after: Option<usize>,
}

/// Every batch ever accepted, the items of those that are still pending, and what makes a batch fail.
#[derive(Debug)]
pub(crate) struct Batches {
    records: Vec<BatchRecord>,
    by_id: HashMap<Arc<str>, usize>,
    pending: VecDeque<Pending>,
    fail_next: VecDeque<usize>,
    poison: HashSet<String>,
}

impl Batches {
    pub(super) fn new(poison: impl IntoIterator<Item = String>) -> Self {
        Self {
            records: Vec::new(),
            by_id: HashMap::new(),
            pending: VecDeque::new(),
            fail_next: VecDeque::new(),
            poison: poison.into_iter().collect(),
        }
    }

    pub(crate) fn records(&self) -> &[BatchRecord] {
        &self.records
    }

    pub(crate) fn record_mut(&mut self, position: usize) -> Option<&mut BatchRecord> {
        self.records.get_mut(position)
    }

    pub(crate) fn poison(&mut self, access_token: String) {
        self.poison.insert(access_token);
    }

    pub(crate) fn cure(&mut self, access_token: &str) {
        self.poison.remove(access_token);
    }

    /// The number of access tokens that are poisoned.
    pub(crate) fn poisoned(&self) -> usize {
        self.poison.len()
    }

    pub(crate) fn is_poisoned(&self, access_token: &str) -> bool {
        !self.poison.is_empty() && self.poison.contains(access_token)
    }

    pub(crate) fn fail_next(&mut self, after_items: usize) {
        self.fail_next.push_back(after_items);
    }

    /// The number of batches to come that will fail.
    pub(crate) fn failing(&self) -> usize {
        self.fail_next.len()
    }

    /// Takes a batch in; its request ID is known to clients when `findable`.
    pub(crate) fn add(&mut self, record: BatchRecord, items: Vec<TokenRequest>, due: i64, findable: bool) {
        let position = self.records.len();
        if findable {
            self.by_id.insert(Arc::clone(&record.request_id), position);
        }
        self.records.push(record);
        let fail_after = self.fail_next.pop_front();
        self.pending.push_back(Pending { record: position, due, items, fail_after });
    }

    /// Takes out the batch that is due, in the order in which they were accepted.
    pub(crate) fn take_due(&mut self, elapsed: i64) -> Option<Pending> {
        if self.pending.front()?.due > elapsed {
            return None;
        }
        self.pending.pop_front()
    }

    /// The batch of a service with this request ID.
    pub(crate) fn find_mut(&mut self, service_id: &str, request_id: &str) -> Option<&mut BatchRecord> {
        let record = self.records.get_mut(*self.by_id.get(request_id)?)?;
        (record.service_id.as_ref() == service_id).then_some(record)
    }
}
