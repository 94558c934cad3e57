//! What flows handed out, as JSON.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;

use super::answer::Shown;
use super::ledger::{Part, is};
use super::request::StrictQuery;
use crate::http::shared::Shared;
use crate::state::FlowKind;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FlowQuery {
    service_id: Option<String>,
    kind: Option<FlowKind>,
    start: Option<usize>,
    end: Option<usize>,
}

pub(super) async fn flows(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<FlowQuery>,
) -> Shown {
    shared.engine.with(|world| {
        let flows = world.state.flows.log.at(world.moment.now).filter(|record| {
            is(asked.service_id.as_deref(), Some(record.service_id.as_ref()))
                && is(asked.kind.as_ref(), Some(&record.kind))
        });
        Shown::new(&Part::of("flows", flows, asked.start, asked.end))
    })
}
