//! What of a client has an operation of its own: the lock, the secret, the scopes that it may ask for.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal, members, message};
use super::call::Call;
use super::clients::{new_secret, not_found};
use crate::config::Client;
use crate::json::Object;
use crate::protocol::administration::{is_client_secret, requestable_scopes, set_requestable_scopes};
use crate::protocol::authorization_request::find_client;
use crate::protocol::codes::{self, Code};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LockUpdate {
    client_locked: bool,
}

/// Locks a client, or unlocks it.
pub(super) fn lock(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(LockUpdate { client_locked }) = call.json_or_form()?;
    changed(call, "clientIdentifier", |client, _| {
        client.members.insert("locked".to_owned(), client_locked.into());
        told(call, codes::CLIENT_LOCK_UPDATED, "the lock was set.", json!({}))
    })
}

/// Gives a client a new secret.
pub(super) fn refresh_secret(call: &Call<'_>) -> Result<Answer, Refusal> {
    let secret = call.engine.with(|world| new_secret(&world.state.opaque));
    set_secret(call, secret, (codes::SECRET_REFRESHED, "the client secret was refreshed."))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SecretUpdate {
    client_secret: String,
}

/// Gives a client the secret that the request has.
pub(super) fn update_secret(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(SecretUpdate { client_secret }) = call.json_or_form()?;
    if !is_client_secret(&client_secret) {
        let text = "a secret has up to 86 letters, digits, hyphens and underscores.";
        return Err(Refusal::bad_request(codes::CLIENT_SECRET_FORM, text));
    }
    set_secret(call, client_secret, (codes::SECRET_UPDATED, "the client secret was updated."))
}

fn set_secret(call: &Call<'_>, secret: String, (code, text): (Code, &str)) -> Result<Answer, Refusal> {
    changed(call, "clientIdentifier", |client, _| {
        let old = client.members.insert("clientSecret".to_owned(), secret.clone().into());
        told(call, code, text, json!({"newClientSecret": secret, "oldClientSecret": old}))
    })
}

/// Shows the scopes that a client may ask for, if it is restricted.
pub(super) fn scopes(call: &Call<'_>) -> Result<Answer, Refusal> {
    call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let client = find_client(switches.clients.as_deref(), call.parameter("clientId"));
        let client = client.ok_or_else(not_found)?;
        let answer = json!({"requestableScopes": requestable_scopes(&client.members)});
        Ok(Answer::ok(members(switches.nulls, answer)))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScopesUpdate {
    requestable_scopes: Option<Vec<String>>,
}

/// Restricts the scopes that a client may ask for, or no longer.
pub(super) fn update_scopes(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(ScopesUpdate { requestable_scopes }) = call.json()?;
    changed(call, "clientId", |client, nulls| {
        let answer = json!({"requestableScopes": requestable_scopes});
        set_requestable_scopes(&mut client.members, requestable_scopes);
        Answer::ok(members(nulls, answer))
    })
}

/// Lets a client ask for any scope.
pub(super) fn delete_scopes(call: &Call<'_>) -> Result<Answer, Refusal> {
    changed(call, "clientId", |client, _| {
        set_requestable_scopes(&mut client.members, None);
        Answer::empty()
    })
}

/// Changes the client that a parameter of the path names.
fn changed(
    call: &Call<'_>,
    parameter: &str,
    change: impl FnOnce(&mut Client, bool) -> Answer,
) -> Result<Answer, Refusal> {
    call.engine.with(|world| {
        let own = world.config.own_switches(&call.service_id).ok_or_else(not_found)?;
        let nulls = own.nulls;
        let clients = own.clients.as_deref_mut().unwrap_or_default();
        let named = find_client(Some(clients), call.parameter(parameter)).ok_or_else(not_found)?.client_id;
        let client = clients.iter_mut().find(|client| client.client_id == named);
        Ok(change(client.ok_or_else(not_found)?, nulls))
    })
}

/// An answer without an action.
fn told(call: &Call<'_>, code: Code, text: &str, object: Value) -> Answer {
    let mut answer: Map<String, Value> = members(false, object);
    answer.insert("resultCode".to_owned(), code.into());
    answer.insert("resultMessage".to_owned(), message(code, call.label, text).into());
    Answer::ok(answer)
}
