//! What users have granted to clients: the tokens that live, and the scopes that were granted.

use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::{Answer, Refusal, members, message};
use super::authorization::limited;
use super::call::{Call, bad_query};
use super::engine::World;
use crate::config::{Client, Switches};
use crate::json::Object;
use crate::protocol::authorization_request::find_client;
use crate::protocol::codes::{self, Code};
use crate::state::{Deletion, Store, StoredToken};

/// Whose consent a request is about, and which part of a list it wants.
#[derive(Deserialize)]
struct Who {
    subject: Option<String>,
    developer: Option<String>,
    start: Option<i32>,
    end: Option<i32>,
    scopes: Option<Vec<Box<str>>>,
}

/// Reads it from where the operation has it: the path, the query or the body.
fn who(call: &Call<'_>) -> Result<Who, Refusal> {
    let mut who = read::<Who>(call)?;
    let named = call.parameter("subject");
    if !named.is_empty() {
        who.subject = Some(named.to_owned());
    }
    who.subject = who.subject.filter(|subject| !subject.is_empty());
    Ok(who)
}

fn read<T: DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    if call.body.is_empty() { call.query() } else { Ok(call.json_or_form::<Object<T>>()?.0) }
}

fn subject(who: &Who) -> Result<&str, Refusal> {
    let text = "the subject is missing.";
    who.subject.as_deref().ok_or_else(|| Refusal::bad_request(codes::CONSENT_NOBODY, text))
}

/// Lists the clients that hold tokens of a user.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let who = who(call)?;
    let subject = subject(&who)?;
    let (start, end) = (who.start.unwrap_or(0), who.end.unwrap_or(5));
    if start < 0 || end < start {
        return Err(bad_query());
    }
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let held = state.store.of_subject(subject).filter(|token| {
            token.service_id == call.service_id
                && token.access_token_expires_at.is_none_or(|at| at > moment.now)
        });
        let holders: Vec<_> = held.filter_map(|token| token.client_id).collect();
        let is_holder = |client: &&Client| holders.contains(&client.client_id);
        let developer = who.developer.as_deref();
        let is_developers = |client: &&Client| {
            let own = client.members.get("developer").and_then(Value::as_str);
            developer.is_none_or(|developer| own == Some(developer))
        };
        let clients = switches.clients.iter().flatten().filter(is_holder).filter(is_developers);
        let clients: Vec<_> = clients.map(|client| limited(client, switches.nulls)).collect();
        let [from, to] = [start, end].map(|end| usize::try_from(end).unwrap_or(0).min(clients.len()));
        let answer = json!({
            "start": start,
            "end": end,
            "developer": developer,
            "subject": subject,
            "totalCount": clients.len(),
            "clients": clients.get(from..to),
        });
        Answer::ok(members(switches.nulls, answer))
    }))
}

/// Gives the tokens that a client holds of a user other scopes.
pub(super) fn update(call: &Call<'_>) -> Result<Answer, Refusal> {
    let who = who(call)?;
    let subject = subject(&who)?;
    call.engine.with(|world| {
        let World { config, state, .. } = world;
        let switches = config.switches(&call.service_id);
        let client_id = client(call, switches)?;
        let scopes = who.scopes.as_ref().map(|scopes| state.store.intern(scopes.clone()));
        for slot in slots(&state.store, call, client_id, subject) {
            if let (Some(token), Some(scopes)) = (state.store.get_mut(slot), &scopes) {
                token.scopes = scopes.clone();
            }
        }
        let text = "the authorization was updated.";
        Ok(done(call, switches, codes::AUTHORIZATION_UPDATED, text, json!({})))
    })
}

/// Deletes the tokens that a client holds of a user.
pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Refusal> {
    let who = who(call)?;
    let subject = subject(&who)?;
    call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let client_id = client(call, switches)?;
        for slot in slots(&state.store, call, client_id, subject) {
            state.store.delete(slot, Deletion::Requested, moment.now);
        }
        let text = "the authorization was deleted.";
        Ok(done(call, switches, codes::AUTHORIZATION_DELETED, text, json!({})))
    })
}

/// Shows the scopes that a user granted to a client.
pub(super) fn granted_scopes(call: &Call<'_>) -> Result<Answer, Refusal> {
    let who = who(call)?;
    let subject = subject(&who)?;
    call.engine.with(|world| {
        let World { config, state, .. } = world;
        let switches = config.switches(&call.service_id);
        let client_id = client_with_granted_scopes(call, switches)?;
        let consent = state.consents.get(&call.service_id, client_id, subject);
        let object = json!({
            "serviceApiKey": call.service_id.parse::<i64>().ok(),
            "clientId": client_id,
            "subject": subject,
            "latestGrantedScopes": consent.map(|consent| &consent.latest),
            "mergedGrantedScopes": consent.map(|consent| &consent.merged),
            "modifiedAt": consent.map_or(0, |consent| consent.modified_at),
        });
        let text = "the granted scopes were obtained.";
        Ok(done(call, switches, codes::GRANTED_SCOPES, text, object))
    })
}

/// Forgets the scopes that a user granted to a client.
pub(super) fn delete_granted_scopes(call: &Call<'_>) -> Result<Answer, Refusal> {
    let who = who(call)?;
    let subject = subject(&who)?;
    call.engine.with(|world| {
        let World { config, state, .. } = world;
        let switches = config.switches(&call.service_id);
        let client_id = client_with_granted_scopes(call, switches)?;
        state.consents.remove(&call.service_id, client_id, subject);
        let text = "the granted scopes were deleted.";
        Ok(done(call, switches, codes::GRANTED_SCOPES_DELETED, text, json!({})))
    })
}

fn done(call: &Call<'_>, switches: &Switches, code: Code, text: &str, object: Value) -> Answer {
    let mut answer = members(switches.nulls, object);
    answer.insert("resultCode".to_owned(), code.into());
    answer.insert("resultMessage".to_owned(), message(code, call.label, text).into());
    Answer::ok(answer)
}

/// The number of the client in the path.
fn client(call: &Call<'_>, switches: &Switches) -> Result<i64, Refusal> {
    let named = call.parameter("clientId");
    let number = match &switches.clients {
        Some(clients) => find_client(Some(clients), named).map(|client| client.client_id),
        // Any client is known.
        None => named.parse().ok(),
    };
    number.ok_or_else(|| Refusal::not_found(codes::CONSENT_CLIENT, "the client was not found."))
}

/// The same, where granted scopes are to be had at all.
fn client_with_granted_scopes(call: &Call<'_>, switches: &Switches) -> Result<i64, Refusal> {
    if !switches.granted_scopes {
        let text = "shared servers do not keep granted scopes.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, codes::GRANTED_SCOPES_OFF, text));
    }
    client(call, switches)
}

/// The tokens that a client holds of a user.
fn slots(store: &Store, call: &Call<'_>, client_id: i64, subject: &str) -> Vec<usize> {
    let wanted = |token: &StoredToken| {
        token.service_id == call.service_id
            && token.client_id == Some(client_id)
            && token.subject.as_deref() == Some(subject)
    };
    store.slots_where(wanted).collect()
}
