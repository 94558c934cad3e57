//! What stands between a client and the operations: faults, limits, outages, lost answers, the clock.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::answer::{Problem, Shown};
use super::ledger::Counts;
use super::request::{JsonBytes, Told};
use crate::http::dropped::DroppedAnswers;
use crate::http::faults::Fault;
use crate::http::limits::RateLimit;
use crate::http::outages::Outage;
use crate::http::shared::Shared;
use crate::json::{Misread, Object, read};

type Answer = Result<Shown, Problem>;

/// An object without members.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// One, or an array of them.
pub(super) fn one_or_more<T: DeserializeOwned>(text: &[u8]) -> Result<Vec<T>, Misread> {
    if are_many(text) { read(text) } else { read(text).map(|one| vec![one]) }
}

/// Whether a text is an array.
pub(super) fn are_many(text: &[u8]) -> bool {
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
}

pub(super) async fn faults(State(shared): State<Arc<Shared>>) -> Shown {
    Shown::new(&json!({"waiting": shared.faults.waiting(), "fired": shared.faults.fired()}))
}

pub(super) async fn inject(State(shared): State<Arc<Shared>>, JsonBytes(text): JsonBytes) -> Answer {
    one_or_more::<Fault>(&text)?.into_iter().for_each(|fault| shared.faults.inject(fault));
    Ok(faults(State(shared)).await)
}

pub(super) async fn clear_faults(State(shared): State<Arc<Shared>>) -> Shown {
    shared.faults.clear();
    faults(State(shared)).await
}

pub(super) async fn limits(State(shared): State<Arc<Shared>>) -> Shown {
    Shown::new(&json!({"inForce": shared.limits.in_force()}))
}

pub(super) async fn limit(State(shared): State<Arc<Shared>>, JsonBytes(text): JsonBytes) -> Answer {
    one_or_more::<RateLimit>(&text)?.into_iter().for_each(|limit| shared.limits.add(limit));
    Ok(limits(State(shared)).await)
}

pub(super) async fn lift_limits(State(shared): State<Arc<Shared>>) -> Shown {
    shared.limits.clear();
    limits(State(shared)).await
}

pub(super) async fn outages(State(shared): State<Arc<Shared>>) -> Shown {
    let (waiting, under_way) = shared.outages.count();
    Shown::new(&json!({"waiting": waiting, "underWay": under_way}))
}

pub(super) async fn plan(State(shared): State<Arc<Shared>>, JsonBytes(text): JsonBytes) -> Answer {
    one_or_more::<Outage>(&text)?.into_iter().for_each(|outage| shared.plan(outage));
    Ok(outages(State(shared)).await)
}

pub(super) async fn end_outages(State(shared): State<Arc<Shared>>) -> Shown {
    shared.end_outages();
    outages(State(shared)).await
}

pub(super) async fn dropped(State(shared): State<Arc<Shared>>) -> Shown {
    Shown::new(&shared.dropped_answers())
}

pub(super) async fn drop_answers(
    State(shared): State<Arc<Shared>>,
    Told(Object(told)): Told<Object<DroppedAnswers>>,
) -> Shown {
    shared.drop_answers(told);
    dropped(State(shared)).await
}

pub(super) async fn keep_answers(State(shared): State<Arc<Shared>>) -> Shown {
    shared.drop_answers(DroppedAnswers::NONE);
    dropped(State(shared)).await
}

pub(super) async fn clock(State(shared): State<Arc<Shared>>) -> Shown {
    let clock = shared.clock();
    let moment = clock.moment();
    Shown::new(&json!({
        "nowMs": moment.now,
        "elapsedMs": moment.elapsed,
        "offsetMs": clock.offset(),
        "manual": !clock.runs(),
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Hands {
    advance_ms: Option<u64>,
    offset_ms: Option<i64>,
}

pub(super) async fn set_clock(
    State(shared): State<Arc<Shared>>,
    Told(Object(hands)): Told<Object<Hands>>,
) -> Answer {
    if hands.advance_ms.is_none() && hands.offset_ms.is_none() {
        let error = "neither `advanceMs` nor `offsetMs` is there";
        return Err(Problem::new(StatusCode::BAD_REQUEST, error));
    }
    if let Some(offset) = hands.offset_ms {
        shared.clock().set_offset(offset);
    }
    if let Some(advance) = hands.advance_ms {
        shared.advance(Duration::from_millis(advance));
    }
    Ok(clock(State(shared)).await)
}

pub(super) async fn reset(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    if !body.is_empty() {
        let Object(Nothing {}) = read(&body)?;
    }
    shared.reset();
    Ok(Shown::new(&Counts::of(&shared)))
}
