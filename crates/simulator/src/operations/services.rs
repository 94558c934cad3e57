//! Services: create, read, update, delete, list, and what is published of them.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::administration::{RangeQuery, members_of};
use super::answer::{Answer, Refusal, members};
use super::call::Call;
use super::token_management::range;
use crate::config::{Config, Switches};
use crate::protocol::administration::{Subject, created, shown_service, update as updated};
use crate::protocol::json_patch::patched;
use crate::protocol::metadata::metadata;
use crate::protocol::settings::Settings;
use crate::protocol::{codes, shapes};

/// How many digits the number of a new service has.
const DIGITS: usize = 10;

/// Creates a service, with the simulator's switches.
pub(super) fn create(call: &Call<'_>) -> Result<Answer, Refusal> {
    let unknown = call.engine.with(|world| world.config.switches.unknown_members);
    let request = members_of(call, &shapes::SERVICE, unknown, codes::SERVICE_MEMBER)?;
    Ok(call.engine.with(|world| {
        let Config { services, switches } = &mut world.config;
        let id: Arc<str> = loop {
            // The first is no zero, so that the number has as many digits as the ID.
            let id = format!("1{}", world.state.opaque.word(b"0123456789", DIGITS - 1));
            if !services.contains_key(id.as_str()) {
                break id.into();
            }
        };
        let service = created(Subject::Service, request, world.moment.now);
        let shown = shown_service(&id, &service);
        let own = Switches { service, clients: Some(Vec::new()), ..switches.clone() };
        services.insert(id, Some(own));
        Answer::ok(shown)
    }))
}

/// Shows a service.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Refusal> {
    Ok(call.engine.with(|world| {
        let service = &world.config.switches(&call.service_id).service;
        Answer::ok(shown_service(&call.service_id, service))
    }))
}

/// Lists a range of the services.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let RangeQuery { start, end, .. } = call.query()?;
    let range = range(start, end)?;
    Ok(call.engine.with(|world| {
        let config = &world.config;
        let picked = config.services.keys().zip(0_i32..).filter(|(_, number)| range.contains(number));
        let picked = picked.map(|(id, _)| shown_service(id, &config.switches(id).service));
        let answer = json!({
            "start": range.start,
            "end": range.end,
            "totalCount": config.services.len(),
            "services": picked.collect::<Vec<_>>(),
        });
        Answer::ok(members(config.switches.nulls, answer))
    }))
}

/// Changes a service.
pub(super) fn update(call: &Call<'_>) -> Result<Answer, Refusal> {
    let unknown = call.engine.with(|world| world.config.switches(&call.service_id).unknown_members);
    let request = members_of(call, &shapes::SERVICE, unknown, codes::SERVICE_MEMBER)?;
    call.engine.with(|world| {
        let own = world.config.own_switches(&call.service_id).ok_or_else(gone)?;
        updated(Subject::Service, own.update_semantics, &mut own.service, request, world.moment.now);
        Ok(Answer::ok(shown_service(&call.service_id, &own.service)))
    })
}

/// Deletes a service, and everything that lives of it.
pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Refusal> {
    call.engine.with(|world| {
        world.config.services.remove(&call.service_id).ok_or_else(gone)?;
        world.state.forget(&call.service_id, None, world.moment.now);
        Ok(Answer::empty())
    })
}

#[derive(Deserialize)]
struct MetadataQuery {
    pretty: Option<bool>,
    patch: Option<String>,
}

/// The metadata that the service publishes, changed by a patch if one is given.
pub(super) fn configuration(call: &Call<'_>) -> Result<Answer, Refusal> {
    shown_metadata(call, call.query()?)
}

/// The same, asked with a body.
pub(super) fn patch_configuration(call: &Call<'_>) -> Result<Answer, Refusal> {
    shown_metadata(call, call.json_or_form()?)
}

fn shown_metadata(call: &Call<'_>, query: MetadataQuery) -> Result<Answer, Refusal> {
    let document = call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        Value::Object(metadata(Settings(&switches.service)))
    });
    let document = match query.patch.as_deref() {
        None => document,
        Some(text) => serde_json::from_str(text)
            .ok()
            .and_then(|patch| patched(document, &patch))
            .ok_or_else(|| Refusal::bad_request(codes::METADATA_PATCH, "the patch cannot be carried out."))?,
    };
    Ok(Answer::document(&document, query.pretty.unwrap_or_default()))
}

/// What the server is.
pub(super) fn info(_: &Call<'_>) -> Result<Answer, Refusal> {
    let answer = json!({"version": concat!("simulator ", env!("CARGO_PKG_VERSION")), "features": []});
    Ok(Answer::ok(members(false, answer)))
}

/// Another request has deleted the service meanwhile.
fn gone() -> Refusal {
    Refusal::not_found(codes::UNKNOWN_SERVICE, "the service was not found.")
}
