//! Clients: create, read, update, delete, list.

use serde_json::{Map, Value, json};

use super::administration::{RangeQuery, members_of};
use super::answer::{Answer, Refusal, members};
use super::call::Call;
use super::engine::World;
use super::token_management::range;
use crate::config::{Client, UpdateSemantics};
use crate::protocol::administration::{Subject, created, shown_client, update as updated};
use crate::protocol::authorization_request::find_client;
use crate::protocol::{codes, shapes};
use crate::state::Opaque;

/// How many digits the number of a new client has.
const DIGITS: usize = 10;

/// A new secret: 86 characters.
pub(super) fn new_secret(opaque: &Opaque) -> String {
    opaque.next() + &opaque.next()
}

/// Creates a client. A service that knew any client knows from now on those that were added.
pub(super) fn create(call: &Call<'_>) -> Result<Answer, Refusal> {
    let mut request = request(call)?;
    call.engine.with(|world| {
        let World { config, state, moment } = world;
        let own = config.own_switches(&call.service_id).ok_or_else(not_found)?;
        let clients = own.clients.get_or_insert_default();
        let client_id = loop {
            let digits = format!("1{}", state.opaque.word(b"0123456789", DIGITS - 1));
            if let Ok(id) = digits.parse()
                && clients.iter().all(|client| client.client_id != id)
            {
                break id;
            }
        };
        let client_id_alias = alias(&mut request, clients, client_id)?;
        let mut client = Client { client_id_alias, ..Client::new(client_id) };
        client.members = created(Subject::Client, request, moment.now);
        client = client.member("clientSecret", new_secret(&state.opaque));
        let shown = shown_client(&call.service_id, &client);
        clients.push(client);
        Ok(Answer::ok(shown))
    })
}

/// Shows a client.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Refusal> {
    call.engine.with(|world| {
        let clients = world.config.switches(&call.service_id).clients.as_deref();
        let client = find_client(clients, call.parameter("clientId")).ok_or_else(not_found)?;
        Ok(Answer::ok(shown_client(&call.service_id, client)))
    })
}

/// Lists a range of the clients, or of those of a developer.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let RangeQuery { start, end, developer } = call.query()?;
    let range = range(start, end)?;
    Ok(call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let wanted = |client: &&Client| {
            let own = client.members.get("developer").and_then(Value::as_str);
            developer.is_none() || own == developer.as_deref()
        };
        let clients: Vec<_> = switches.clients.iter().flatten().filter(wanted).collect();
        let picked = clients.iter().zip(0_i32..).filter(|(_, number)| range.contains(number));
        let picked = picked.map(|(client, _)| shown_client(&call.service_id, client));
        let answer = json!({
            "start": range.start,
            "end": range.end,
            "totalCount": clients.len(),
            "clients": picked.collect::<Vec<_>>(),
        });
        Answer::ok(members(switches.nulls, answer))
    }))
}

/// Changes a client.
pub(super) fn update(call: &Call<'_>) -> Result<Answer, Refusal> {
    let mut request = request(call)?;
    call.engine.with(|world| {
        let own = world.config.own_switches(&call.service_id).ok_or_else(not_found)?;
        let (semantics, now) = (own.update_semantics, world.moment.now);
        let clients = own.clients.as_deref_mut().unwrap_or_default();
        let client_id =
            find_client(Some(clients), call.parameter("clientId")).ok_or_else(not_found)?.client_id;
        let alias = alias(&mut request, clients, client_id)?;
        let client = clients.iter_mut().find(|client| client.client_id == client_id).ok_or_else(not_found)?;
        if alias.is_some() || semantics == UpdateSemantics::ReplaceWithDefaults {
            client.client_id_alias = alias;
        }
        updated(Subject::Client, semantics, &mut client.members, request, now);
        Ok(Answer::ok(shown_client(&call.service_id, client)))
    })
}

/// Deletes a client, and its tokens, tickets, codes and consents.
pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Refusal> {
    call.engine.with(|world| {
        let World { config, state, moment } = world;
        let own = config.own_switches(&call.service_id).ok_or_else(not_found)?;
        let clients = own.clients.as_mut().ok_or_else(not_found)?;
        let client_id =
            find_client(Some(clients), call.parameter("clientId")).ok_or_else(not_found)?.client_id;
        clients.retain(|client| client.client_id != client_id);
        state.forget(&call.service_id, Some(client_id), moment.now);
        Ok(Answer::empty())
    })
}

/// The members that the body sets.
fn request(call: &Call<'_>) -> Result<Map<String, Value>, Refusal> {
    let unknown = call.engine.with(|world| world.config.switches(&call.service_id).unknown_members);
    members_of(call, &shapes::CLIENT, unknown, codes::CLIENT_MEMBER)
}

/// The alias that a request gives a client, which no other client goes by.
fn alias(
    request: &mut Map<String, Value>,
    clients: &[Client],
    client_id: i64,
) -> Result<Option<String>, Refusal> {
    let alias = request.remove("clientIdAlias").and_then(|alias| alias.as_str().map(str::to_owned));
    let alias = alias.filter(|alias| !alias.is_empty());
    let holder = alias.as_deref().and_then(|alias| find_client(Some(clients), alias));
    if holder.is_some_and(|holder| holder.client_id != client_id) {
        let text = "another client goes by the alias.";
        return Err(Refusal::bad_request(codes::CLIENT_ALIAS_TAKEN, text));
    }
    Ok(alias)
}

/// A client that the service does not have.
pub(super) fn not_found() -> Refusal {
    Refusal::not_found(codes::CLIENT_NOT_FOUND, "the client was not found.")
}
