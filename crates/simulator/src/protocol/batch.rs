//! What becomes of a batch: accepted at once, applied when it is due.

use std::sync::Arc;

use super::codes::{self, Code};
use super::item::{self, Place, Violation, kept_refresh_token};
use super::token::{self, Creation};
use crate::clock::{Moment, millis};
use crate::config::{Config, FailedTokenCount, PartialApplication, SingleAccessToken, Switches, Validation};
use crate::state::{BatchRecord, BatchState, Batches, Claims, Pending, State, TokenRequest};

/// How far a batch came.
#[derive(Debug, Default)]
struct Outcome {
    applied: usize,
    failure: Option<(Code, String)>,
}

const INTERRUPTED: Violation =
    Violation { code: codes::INTERRUPTED, text: "the batch was interrupted on demand." };

/// Takes a batch in and returns its request ID, or says which item breaks which rule.
pub(crate) fn accept(
    state: &mut State,
    service_id: &Arc<str>,
    items: Vec<TokenRequest>,
    dry_run: bool,
    moment: Moment,
    switches: &Switches,
) -> Result<Arc<str>, (usize, Violation)> {
    if switches.validation == Validation::AtOnce {
        for (position, item) in items.iter().enumerate() {
            item::check(item, switches, Place::Batch).map_err(|violation| (position, violation))?;
        }
    }
    let request_id: Arc<str> = state.opaque.next().into();
    let record = BatchRecord {
        service_id: Arc::clone(service_id),
        request_id: Arc::clone(&request_id),
        dry_run,
        item_count: items.len(),
        applied: 0,
        state: BatchState::Pending,
        error_code: None,
        error_description: None,
        created_at: moment.now,
        modified_at: moment.now,
        status_requests: 0,
        accepted: moment.elapsed,
    };
    let findable = !dry_run || (switches.dry_run_request_id && switches.dry_run_status);
    let due = moment.elapsed.saturating_add(millis(switches.batch_delay));
    state.batches.add(record, items, due, findable);
    Ok(request_id)
}

/// Applies the batches that are due, in the order in which they were accepted.
pub(crate) fn settle(state: &mut State, moment: Moment, config: &Config) {
    while let Some(pending) = state.batches.take_due(moment.elapsed) {
        let (position, due) = (pending.record, moment.shown(pending.due));
        let Some(record) = state.batches.records().get(position).cloned() else {
            return;
        };
        let switches = config.switches(&record.service_id);
        let outcome = if record.dry_run {
            rehearse(state, pending, &record.service_id, switches)
        } else {
            apply(state, pending, due, &record, switches)
        };
        let Some(record) = state.batches.record_mut(position) else {
            return;
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

/// Whether a batch has a status already, as the switches have it.
pub(crate) fn is_known(record: &BatchRecord, elapsed: i64, switches: &Switches) -> bool {
    record.status_requests > switches.early_not_found_requests
        && elapsed.saturating_sub(record.accepted) >= millis(switches.early_not_found_for)
}

/// `result` and `tokenCount` of a batch.
pub(crate) fn result(record: &BatchRecord, switches: &Switches) -> (Option<&'static str>, Option<usize>) {
    match record.state {
        BatchState::Pending => (None, Some(0)),
        BatchState::Succeeded if switches.succeed_without_ed => (Some("SUCCEED"), Some(record.item_count)),
        BatchState::Succeeded => (Some("SUCCEEDED"), Some(record.item_count)),
        BatchState::Failed => {
            let count = match switches.failed_token_count {
                FailedTokenCount::Applied => Some(record.applied),
                FailedTokenCount::Received => Some(record.item_count),
                FailedTokenCount::Null => None,
            };
            (Some("FAILED"), count)
        }
    }
}

fn failure(position: usize, violation: Violation) -> (Code, String) {
    (violation.code, format!("Item {position}: {}", violation.text))
}

/// Whether the batch fails at this item for a reason that lies outside the item.
fn sabotage(
    batches: &Batches,
    item: &TokenRequest,
    position: usize,
    fail_after: Option<usize>,
) -> Result<(), Violation> {
    if fail_after == Some(position) {
        return Err(INTERRUPTED);
    }
    match item.access_token.as_deref() {
        Some(token) if batches.is_poisoned(token) => {
            Err(Violation { code: codes::POISONED, text: "the token is poisoned." })
        }
        _ => Ok(()),
    }
}

/// Looks for the first offender without creating anything.
fn rehearse(state: &mut State, pending: Pending, service_id: &str, switches: &Switches) -> Outcome {
    let offender = offender(state, &pending, service_id, switches, switches.dry_run_uniqueness);
    Outcome { applied: 0, failure: offender.map(|(position, violation)| failure(position, violation)) }
}

/// The first item that breaks a rule.
fn offender(
    state: &mut State,
    pending: &Pending,
    service_id: &str,
    switches: &Switches,
    uniqueness: bool,
) -> Option<(usize, Violation)> {
    let mut claims = Claims::default();
    let State { store, batches, .. } = state;
    let mut judge = |position: usize, item: &TokenRequest| {
        sabotage(batches, item, position, pending.fail_after)?;
        let grant_type = item::check(item, switches, Place::Batch)?;
        if uniqueness {
            let refresh_token = kept_refresh_token(item, grant_type, switches, Place::Batch);
            let claimed = store.claim(service_id, item.access_token.as_deref(), refresh_token, &mut claims);
            claimed.map_err(token::exists)?;
        }
        Ok(())
    };
    let offender =
        pending.items.iter().enumerate().find_map(|(at, item)| judge(at, item).err().map(|why| (at, why)));
    let end = pending.items.len();
    offender.or_else(|| pending.fail_after.is_some_and(|after| after >= end).then_some((end, INTERRUPTED)))
}

/// Creates the tokens of a batch, as far as its offenders and the switches allow.
fn apply(
    state: &mut State,
    pending: Pending,
    due: i64,
    record: &BatchRecord,
    switches: &Switches,
) -> Outcome {
    let mut outcome = Outcome::default();
    if switches.partial_application == PartialApplication::None
        && let Some((position, violation)) = offender(state, &pending, &record.service_id, switches, true)
    {
        outcome.failure = Some(failure(position, violation));
        return outcome;
    }
    let creation = Creation {
        service_id: &record.service_id,
        batch: Some(&record.request_id),
        now: due,
        replace: switches.single_access_token_per_subject == SingleAccessToken::CreateAndBatch,
    };
    let Pending { items, fail_after, .. } = pending;
    let count = items.len();
    for (position, item) in items.into_iter().enumerate() {
        let created = sabotage(&state.batches, &item, position, fail_after)
            .and_then(|()| item::check(&item, switches, Place::Batch))
            .and_then(|grant_type| token::create(state, &creation, item, grant_type, switches));
        match created {
            Ok(_) => outcome.applied += 1,
            Err(violation) => {
                outcome.failure.get_or_insert_with(|| failure(position, violation));
                if switches.partial_application != PartialApplication::AllButTheOffenders {
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
