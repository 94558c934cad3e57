//! What the operations work on: switches, services, tokens of others, batches that fail.

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::{Problem, Shown};
use super::request::{JsonBytes, StrictQuery, Told};
use super::stages::{are_many, one_or_more};
use crate::config::{Config, NOT_VISIBLE, Switches, is_visible};
use crate::http::shared::Shared;
use crate::json::{Members, Object};
use crate::operations::create_request;
use crate::protocol::codes;

type Answer = Result<Shown, Problem>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct OfService {
    service_id: Option<String>,
}

fn no_service() -> Problem {
    Problem::not_found("there is no such service").at("serviceId")
}

/// The switches of the simulator, or those that a service goes by.
pub(super) async fn switches(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<OfService>,
) -> Answer {
    shared.engine.with(|world| match asked.service_id.as_deref() {
        None => Ok(Shown::new(&world.config.switches)),
        Some(id) => {
            let id = world.config.service(id).ok_or_else(no_service)?;
            Ok(Shown::new(world.config.switches(&id)))
        }
    })
}

/// Turns switches of the simulator, or of a service, which from then on has its own.
pub(super) async fn switch(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<OfService>,
    Told(changes): Told<Members>,
) -> Answer {
    shared.engine.with(|world| {
        let Config { services, switches } = &mut world.config;
        let Some(id) = asked.service_id.as_deref() else {
            *switches = switches.changed(changes)?;
            return Ok(Shown::new(switches));
        };
        let own = services.get_mut(id).ok_or_else(no_service)?;
        let changed = own.as_ref().unwrap_or(switches).changed(changes)?;
        Ok(Shown::new(own.insert(changed)))
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ServiceView<'a> {
    service_id: &'a str,
    /// Those of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    switches: Option<&'a Switches>,
}

pub(super) async fn services(State(shared): State<Arc<Shared>>) -> Shown {
    shared.engine.with(|world| {
        let services = world.config.services.iter();
        let services: Vec<_> =
            services.map(|(id, own)| ServiceView { service_id: id, switches: own.as_ref() }).collect();
        Shown::new(&json!({ "services": services }))
    })
}

/// The IDs of all services.
pub(super) fn service_ids(shared: &Shared) -> Vec<String> {
    shared.engine.with(|world| world.config.services.keys().map(|id| id.as_ref().to_owned()).collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewService {
    service_id: String,
    switches: Option<Members>,
}

pub(super) async fn add_service(
    State(shared): State<Arc<Shared>>,
    Told(Object(told)): Told<Object<NewService>>,
) -> Answer {
    if !is_visible(&told.service_id) {
        return Err(Problem::new(StatusCode::BAD_REQUEST, NOT_VISIBLE).at("serviceId"));
    }
    shared.engine.with(|world| {
        let Config { services, switches } = &mut world.config;
        if services.contains_key(told.service_id.as_str()) {
            return Err(Problem::new(StatusCode::CONFLICT, "the service exists already").at("serviceId"));
        }
        let own = told.switches.map(|changes| switches.changed(changes));
        let own = own.transpose().map_err(|misread| misread.within("switches"))?;
        services.insert(told.service_id.into(), own);
        Ok(())
    })?;
    Ok(services(State(shared)).await)
}

/// Creates tokens that nobody asked for over the API: the members of create requests, of the first
/// service unless the query names another.
pub(super) async fn add_tokens(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<OfService>,
    JsonBytes(text): JsonBytes,
) -> Answer {
    let at = |position| if are_many(&text) { format!("[{position}]") } else { String::new() };
    let mut requests = Vec::new();
    for (position, members) in one_or_more::<Members>(&text)?.into_iter().enumerate() {
        requests.push(create_request(members).map_err(|misread| misread.within(&at(position)))?);
    }
    let service_id = asked.service_id.as_deref().unwrap_or(shared.setup.service_id());
    let added =
        shared.engine.add_tokens(service_id, requests).map_err(|(position, refused)| {
            match refused.code() {
                codes::UNKNOWN_SERVICE => no_service(),
                _ => Problem::new(StatusCode::BAD_REQUEST, refused.to_string()).at(&at(position)),
            }
        })?;
    let tokens: Vec<_> = added.iter().map(super::ledger::TokenView::of).collect();
    Ok(Shown::new(&json!({ "tokens": tokens })))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct OneToken {
    access_token: String,
}

pub(super) async fn poison(
    State(shared): State<Arc<Shared>>,
    Told(Object(told)): Told<Object<OneToken>>,
) -> Shown {
    shared.engine.with(|world| {
        world.state.batches.poison(told.access_token);
        Shown::new(&json!({ "poisoned": world.state.batches.poisoned() }))
    })
}

pub(super) async fn cure(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<OneToken>,
) -> Shown {
    shared.engine.with(|world| {
        world.state.batches.cure(&asked.access_token);
        Shown::new(&json!({ "poisoned": world.state.batches.poisoned() }))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Failing {
    after_items: usize,
}

pub(super) async fn fail_batches(State(shared): State<Arc<Shared>>, JsonBytes(text): JsonBytes) -> Answer {
    let failing: Vec<Object<Failing>> = one_or_more(&text)?;
    Ok(shared.engine.with(|world| {
        failing.iter().for_each(|Object(failing)| world.state.batches.fail_next(failing.after_items));
        Shown::new(&json!({ "waiting": world.state.batches.failing() }))
    }))
}
