//! Batches: accepted at once, applied when they are due.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::clock::{millis, whole_second};
use crate::codes::{self, Code};
use crate::config::{Config, FailedTokenCount, PartialApplication, SingleAccessToken, Validation};
use crate::digest::Opaque;
use crate::ledger::{BatchRecord, BatchState};
use crate::rules::{self, Place, Violation};
use crate::store::{Claims, Creation, Store};
use crate::token::TokenRequest;

/// Every batch ever accepted, and the items of those that are still pending.
#[derive(Debug)]
pub(crate) struct Batches {
    records: Vec<BatchRecord>,
    by_id: HashMap<Arc<str>, usize>,
    pending: VecDeque<Pending>,
    fail_next: VecDeque<usize>,
    poison: HashSet<String>,
}

#[derive(Debug)]
struct Pending {
    record: usize,
    due: i64,
    items: Vec<TokenRequest>,
    fail_after: Option<usize>,
}

/// How far a batch came.
#[derive(Debug, Default)]
struct Outcome {
    applied: usize,
    failure: Option<(Code, String)>,
}

impl Batches {
    pub(crate) fn new(poison: &[String]) -> Self {
        Self {
            records: Vec::new(),
            by_id: HashMap::new(),
            pending: VecDeque::new(),
            fail_next: VecDeque::new(),
            poison: poison.iter().cloned().collect(),
        }
    }

    pub(crate) fn records(&self) -> &[BatchRecord] {
        &self.records
    }

    pub(crate) fn poison(&mut self, access_token: String) {
        self.poison.insert(access_token);
    }

    pub(crate) fn cure(&mut self, access_token: &str) {
        self.poison.remove(access_token);
    }

    pub(crate) fn fail_next(&mut self, after_items: usize) {
        self.fail_next.push_back(after_items);
    }

    /// Accepts a batch, or says which item breaks which rule.
    pub(crate) fn accept(
        &mut self,
        service_id: &Arc<str>,
        items: Vec<TokenRequest>,
        dry_run: bool,
        now: i64,
        config: &Config,
        opaque: &Opaque,
    ) -> Result<Arc<str>, (usize, Violation)> {
        if config.validation == Validation::AtOnce {
            for (position, item) in items.iter().enumerate() {
                rules::check(item, config, Place::Batch).map_err(|violation| (position, violation))?;
            }
        }
        let request_id: Arc<str> = opaque.next().into();
        let record = self.records.len();
        self.records.push(BatchRecord {
            service_id: Arc::clone(service_id),
            request_id: Arc::clone(&request_id),
            dry_run,
            item_count: items.len(),
            applied: 0,
            state: BatchState::Pending,
            error_code: None,
            error_description: None,
            created_at: now,
            modified_at: now,
            status_requests: 0,
        });
        if !dry_run || (config.dry_run_request_id && config.dry_run_status) {
            self.by_id.insert(Arc::clone(&request_id), record);
        }
        self.pending.push_back(Pending {
            record,
            due: now.saturating_add(millis(config.batch_delay)),
            items,
            fail_after: self.fail_next.pop_front(),
        });
        Ok(request_id)
    }

    /// Applies the batches that are due, in the order in which they were accepted.
    pub(crate) fn settle(&mut self, store: &mut Store, now: i64, config: &Config, opaque: &Opaque) {
        while self.pending.front().is_some_and(|pending| pending.due <= now) {
            let Some(pending) = self.pending.pop_front() else {
                return;
            };
            let Some(record) = self.records.get_mut(pending.record) else {
                return;
            };
            let due = pending.due;
            let outcome = if record.dry_run {
                rehearse(store, pending, &record.service_id, &self.poison, config)
            } else {
                apply(store, pending, record, &self.poison, config, opaque)
            };
            record.applied = outcome.applied;
            record.modified_at = due;
            match outcome.failure {
                None => record.state = BatchState::Succeeded,
                Some((code, description)) => {
                    record.state = BatchState::Failed;
                    record.error_code = Some(code);
                    record.error_description = Some(description);
                }
            }
        }
    }

    /// The status document of a batch, `None` when the service has no such batch (yet).
    pub(crate) fn status(
        &mut self,
        service_id: &str,
        request_id: &str,
        now: i64,
        config: &Config,
    ) -> Option<serde_json::Value> {
        let record = self.records.get_mut(*self.by_id.get(request_id)?)?;
        if record.service_id.as_ref() != service_id {
            return None;
        }
        record.status_requests = record.status_requests.saturating_add(1);
        let age = now.saturating_sub(record.created_at);
        if record.status_requests <= config.early_not_found_requests
            || age < millis(config.early_not_found_for)
        {
            return None;
        }
        let (result, count) = match record.state {
            BatchState::Pending => (None, Some(0)),
            BatchState::Succeeded if config.succeed_without_ed => (Some("SUCCEED"), Some(record.item_count)),
            BatchState::Succeeded => (Some("SUCCEEDED"), Some(record.item_count)),
            BatchState::Failed => (
                Some("FAILED"),
                match config.failed_token_count {
                    FailedTokenCount::Applied => Some(record.applied),
                    FailedTokenCount::Received => Some(record.item_count),
                    FailedTokenCount::Null => None,
                },
            ),
        };
        let mut status = serde_json::json!({
            "batchKind": "CREATE",
            "requestId": record.request_id.as_ref(),
            "result": result,
            "errorCode": record.error_code,
            "errorDescription": record.error_description,
            "tokenCount": count,
            "createdAt": whole_second(record.created_at),
            "modifiedAt": whole_second(record.modified_at),
        });
        if result.is_none()
            && config.pending_result == crate::config::PendingResult::Absent
            && let Some(members) = status.as_object_mut()
        {
            members.remove("result");
        }
        Some(status)
    }
}

fn failure(position: usize, violation: Violation) -> (Code, String) {
    (violation.code, format!("Item {position}: {}", violation.text))
}

/// Whether the batch fails at this item for a reason that lies outside the item.
fn sabotage(
    item: &TokenRequest,
    position: usize,
    fail_after: Option<usize>,
    poison: &HashSet<String>,
) -> Result<(), Violation> {
    if fail_after == Some(position) {
        return Err(INTERRUPTED);
    }
    match item.access_token.as_deref() {
        Some(token) if !poison.is_empty() && poison.contains(token) => {
            Err(Violation { code: codes::POISONED, text: "the token is poisoned." })
        }
        _ => Ok(()),
    }
}

const INTERRUPTED: Violation =
    Violation { code: codes::INTERRUPTED, text: "the batch was interrupted on demand." };

/// Looks for offenders without creating anything. `applied` then is the number of items without one.
fn rehearse(
    store: &mut Store,
    pending: Pending,
    service_id: &str,
    poison: &HashSet<String>,
    config: &Config,
) -> Outcome {
    let first = offenders(store, &pending, service_id, poison, config, config.dry_run_uniqueness, true);
    Outcome { applied: 0, failure: first.into_iter().next().map(|(at, violation)| failure(at, violation)) }
}

/// The items that break a rule, only the first when `first_only`.
fn offenders(
    store: &mut Store,
    pending: &Pending,
    service_id: &str,
    poison: &HashSet<String>,
    config: &Config,
    uniqueness: bool,
    first_only: bool,
) -> Vec<(usize, Violation)> {
    let mut claims = Claims::default();
    let mut found = Vec::new();
    for (position, item) in pending.items.iter().enumerate() {
        let outcome = sabotage(item, position, pending.fail_after, poison)
            .and_then(|()| rules::check(item, config, Place::Batch))
            .and_then(|grant_type| {
                if uniqueness {
                    store.claim(service_id, item, grant_type, config, &mut claims)
                } else {
                    Ok(())
                }
            });
        if let Err(violation) = outcome {
            found.push((position, violation));
            if first_only {
                return found;
            }
        }
    }
    if pending.fail_after.is_some_and(|after| after >= pending.items.len()) {
        found.push((pending.items.len(), INTERRUPTED));
    }
    found
}

/// Creates the tokens of a batch, as far as its offenders and the switches allow.
fn apply(
    store: &mut Store,
    pending: Pending,
    record: &BatchRecord,
    poison: &HashSet<String>,
    config: &Config,
    opaque: &Opaque,
) -> Outcome {
    let mut outcome = Outcome::default();
    if config.partial_application == PartialApplication::None {
        let first = offenders(store, &pending, &record.service_id, poison, config, true, true);
        if let Some((position, violation)) = first.into_iter().next() {
            outcome.failure = Some(failure(position, violation));
            return outcome;
        }
    }
    let creation = Creation {
        service_id: &record.service_id,
        batch: Some(&record.request_id),
        now: pending.due,
        replace: config.single_access_token == SingleAccessToken::CreateAndBatch,
    };
    let Pending { items, fail_after, .. } = pending;
    let count = items.len();
    for (position, item) in items.into_iter().enumerate() {
        let created = sabotage(&item, position, fail_after, poison)
            .and_then(|()| rules::check(&item, config, Place::Batch))
            .and_then(|grant_type| store.create(&creation, item, grant_type, config, opaque));
        match created {
            Ok(_) => outcome.applied += 1,
            Err(violation) => {
                outcome.failure.get_or_insert_with(|| failure(position, violation));
                if config.partial_application != PartialApplication::AllButTheOffenders {
                    return outcome;
                }
            }
        }
    }
    if fail_after.is_some_and(|after| after >= count) {
        outcome.failure.get_or_insert_with(|| failure(count, INTERRUPTED));
    }
    outcome
}
