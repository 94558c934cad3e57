//! Token operations: tokens in batches.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal, members, message};
use super::call::Call;
use crate::clock::whole_second;
use crate::config::{PendingResult, Switches};
use crate::json::Object;
use crate::protocol::{batch, codes};
use crate::state::{BatchRecord, TokenRequest};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateQuery {
    dry_run: Option<bool>,
}

/// Accepts a batch; it is applied when it is due.
pub(super) fn create_batch(call: &Call<'_>) -> Result<Answer, Refusal> {
    let dry_run = call.query::<CreateQuery>()?.dry_run.unwrap_or_default();
    let items: Vec<Object<TokenRequest>> = call.json()?;
    let (nulls, shown) = call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        if switches.max_batch_items.is_some_and(|most| items.len() > most) {
            return Err(Refusal::bad_request(codes::TOO_MANY_ITEMS, "the batch has too many items."));
        }
        let items = items.into_iter().map(|item| item.0).collect();
        let request_id =
            batch::accept(&mut world.state, &call.service_id, items, dry_run, world.moment, switches)
                .map_err(|(position, violation)| Refusal::item(position, violation))?;
        Ok((switches.nulls, (!dry_run || switches.dry_run_request_id).then_some(request_id)))
    })?;
    let text = "the batch request has been accepted.";
    let answer = json!({
        "resultCode": codes::BATCH_ACCEPTED,
        "resultMessage": message(codes::BATCH_ACCEPTED, call.label, text),
        "requestId": shown.as_deref(),
    });
    Ok(Answer::ok(members(nulls, answer)))
}

/// Tells how far a batch is.
pub(super) fn batch_status(call: &Call<'_>) -> Result<Answer, Refusal> {
    let request_id = call.parameter("tokenBatchRequestId");
    let status = call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let record = world.state.batches.find_mut(&call.service_id, request_id)?;
        record.status_requests = record.status_requests.saturating_add(1);
        batch::is_known(record, world.moment.elapsed, switches).then(|| described(record, switches))
    });
    let Some(status) = status else {
        return Err(Refusal::not_found(codes::BATCH_UNKNOWN, "the request ID was not found."));
    };
    // This message is the one without brackets.
    let text = "the status of the batch was obtained.";
    let answer = json!({
        "resultCode": codes::BATCH_STATUS,
        "resultMessage": format!("{} {}, {text}", codes::BATCH_STATUS, call.label),
        "status": status,
    });
    Ok(Answer::ok(members(false, answer)))
}

fn described(record: &BatchRecord, switches: &Switches) -> Map<String, Value> {
    let (result, count) = batch::result(record, switches);
    let status = json!({
        "batchKind": "CREATE",
        "requestId": record.request_id.as_ref(),
        "result": result,
        "errorCode": record.error_code,
        "errorDescription": record.error_description,
        "tokenCount": count,
        "createdAt": whole_second(record.created_at),
        "modifiedAt": whole_second(record.modified_at),
    });
    let mut status = members(switches.nulls, status);
    // These two are `null` by switches of their own.
    if result.is_none() && switches.pending_result == PendingResult::Null {
        status.insert("result".to_owned(), Value::Null);
    }
    if count.is_none() {
        status.insert("tokenCount".to_owned(), Value::Null);
    }
    status
}
