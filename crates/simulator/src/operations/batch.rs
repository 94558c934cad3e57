//! The batch operations.

use bytes::Bytes;
use hyper::StatusCode;
use hyper::http::request::Parts;
use serde_json::json;

use super::{Answer, Object, Route, bad_query, message, parsed, query_parameter};
use crate::codes;
use crate::server::Shared;
use crate::token::TokenRequest;

/// Accepts a batch; it is applied when it is due.
pub(super) fn create(route: &Route, head: &Parts, body: &Bytes, shared: &Shared) -> Result<Answer, Answer> {
    let config = &shared.config;
    let refused = |code, text: &str| Answer::result(StatusCode::BAD_REQUEST, code, head.uri.path(), text);
    let dry_run = match query_parameter(head, "dryRun")?.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(bad_query(head)),
    };
    let items: Vec<Object<TokenRequest>> = parsed(head, body)?;
    if items.len() > config.max_batch_items {
        return Err(refused(codes::TOO_MANY_ITEMS, "the batch has too many items."));
    }
    let items = items.into_iter().map(|item| item.0).collect();
    let accepted = shared.with_state(|state| {
        // Known: the service was checked before.
        let service_id = state.service(&route.service_id).unwrap_or_else(|| route.service_id.as_str().into());
        state.batches.accept(&service_id, items, dry_run, state.now, config, &state.opaque)
    });
    let request_id = accepted.map_err(|(position, violation)| {
        refused(violation.code, &format!("item {position}: {}", violation.text))
    })?;
    let shown = (!dry_run || config.dry_run_request_id).then_some(request_id.as_ref());
    let text = "the batch request has been accepted.";
    Ok(Answer::json(
        StatusCode::OK,
        &json!({
            "resultCode": codes::BATCH_ACCEPTED,
            "resultMessage": message(codes::BATCH_ACCEPTED, "/auth/token/create/batch", text),
            "requestId": shown,
        }),
    ))
}

/// Tells how far a batch is.
pub(super) fn status(route: &Route, head: &Parts, shared: &Shared) -> Result<Answer, Answer> {
    let status = shared.with_state(|state| {
        state.batches.status(&route.service_id, &route.parameter, state.now, &shared.config)
    });
    let Some(status) = status else {
        let text = "the request ID was not found.";
        return Err(Answer::result(StatusCode::NOT_FOUND, codes::BATCH_UNKNOWN, head.uri.path(), text));
    };
    Ok(Answer::json(
        StatusCode::OK,
        &json!({
            "resultCode": codes::BATCH_STATUS,
            // This message is the one without brackets.
            "resultMessage": format!(
                "{} /auth/token/create/batch/status, the status of the batch was obtained.",
                codes::BATCH_STATUS
            ),
            "status": status,
        }),
    ))
}
