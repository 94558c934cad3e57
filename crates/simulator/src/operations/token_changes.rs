//! Token management: changing a token, revoking many.

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, Refusal, members, message};
use super::call::Call;
use crate::json::Object;
use crate::protocol::{client, codes};
use crate::state::{Deletion, Property, Store, StoredToken, from_base64url, sha256};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    access_token: Option<String>,
    access_token_hash: Option<String>,
    access_token_expires_at: Option<i64>,
    refresh_token_expires_at: Option<i64>,
    scopes: Option<Vec<Box<str>>>,
    properties: Option<Vec<Object<Property>>>,
    access_token_persistent: Option<bool>,
    access_token_value_updated: Option<bool>,
    certificate_thumbprint: Option<String>,
    dpop_key_thumbprint: Option<String>,
    authorization_details: Option<Value>,
    for_external_attachment: Option<bool>,
}

/// Changes what an access token is good for. What the request leaves out stays.
pub(super) fn update(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<Update>>()?;
    Ok(call.engine.with(|world| {
        let nulls = world.config.switches(&call.service_id).nulls;
        let refuse = |action, code, text| Answer::outcome(nulls, (action, code, text), call.label, json!({}));
        let hash = match (&request.access_token, &request.access_token_hash) {
            (Some(token), _) => sha256(token),
            (None, Some(hash)) => {
                from_base64url(hash).and_then(|hash| hash.try_into().ok()).unwrap_or_default()
            }
            (None, None) => {
                return refuse("BAD_REQUEST", codes::UPDATE_NO_TOKEN, "the access token is not named.");
            }
        };
        let store = &mut world.state.store;
        let Some(slot) = store.find(&call.service_id, &hash) else {
            return refuse("NOT_FOUND", codes::UPDATE_UNKNOWN, "the access token was not found.");
        };
        if request.access_token_value_updated.unwrap_or_default() {
            store.rename(slot, world.state.opaque.next().into());
        }
        let scopes = request.scopes.map(|scopes| store.intern(scopes));
        let Some(token) = store.get_mut(slot) else {
            return refuse("NOT_FOUND", codes::UPDATE_UNKNOWN, "the access token was not found.");
        };
        token.scopes = scopes.unwrap_or_else(|| std::sync::Arc::clone(&token.scopes));
        if let Some(at) = request.access_token_expires_at.filter(|at| *at > 0) {
            token.access_token_expires_at = Some(at);
        }
        if request.access_token_persistent.unwrap_or_default() {
            token.access_token_expires_at = None;
        }
        if let (Some(at), Some(_)) =
            (request.refresh_token_expires_at.filter(|at| *at > 0), &token.refresh_token)
        {
            token.refresh_token_expires_at = Some(at);
        }
        let extra = token.extra.get_or_insert_default();
        if let Some(properties) = request.properties {
            extra.properties = properties.into_iter().map(|Object(property)| property).collect();
        }
        for (given, own) in [
            (request.certificate_thumbprint, &mut extra.certificate_thumbprint),
            (request.dpop_key_thumbprint, &mut extra.dpop_key_thumbprint),
        ] {
            *own = given.or(own.take());
        }
        extra.authorization_details = request.authorization_details.or(extra.authorization_details.take());
        extra.for_external_attachment =
            request.for_external_attachment.unwrap_or(extra.for_external_attachment);
        let outcome = ("OK", codes::TOKEN_UPDATED, "the access token was updated.");
        Answer::outcome(nulls, outcome, call.label, updated(token))
    }))
}

fn updated(token: &StoredToken) -> Value {
    let extra = token.extra();
    json!({
        "accessToken": token.access_token,
        "accessTokenExpiresAt": token.access_token_expires_at.unwrap_or(0),
        "refreshTokenExpiresAt": token.refresh_token_expires_at.unwrap_or(0),
        "properties": extra.properties,
        "scopes": token.scopes.as_ref(),
        "authorizationDetails": extra.authorization_details,
        "tokenType": if extra.dpop_key_thumbprint.is_some() { "DPoP" } else { "Bearer" },
        "forExternalAttachment": extra.for_external_attachment,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Revocation {
    access_token_identifier: Option<String>,
    refresh_token_identifier: Option<String>,
    client_identifier: Option<String>,
    subject: Option<String>,
}

/// Revokes one pair of tokens, named by the value or the hash of either, or else those of a client, a user or both: as
/// many as the switch says, so that a caller repeats until none is left.
pub(super) fn revoke(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<Revocation>>()?;
    call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let nulls = switches.nulls;
        let slots = slots(&world.state.store, call, &request, switches)?;
        for slot in &slots {
            world.state.store.delete(*slot, Deletion::Requested, world.moment.now);
        }
        let text = "tokens were revoked.";
        Ok(Answer::ok(members(
            nulls,
            json!({
                "resultCode": codes::TOKENS_REVOKED,
                "resultMessage": message(codes::TOKENS_REVOKED, call.label, text),
                "count": slots.len(),
            }),
        )))
    })
}

fn slots(
    store: &Store,
    call: &Call<'_>,
    request: &Revocation,
    switches: &crate::config::Switches,
) -> Result<Vec<usize>, Refusal> {
    let service_id = &call.service_id;
    let hash = |identifier: &str| from_base64url(identifier).and_then(|bytes| bytes.try_into().ok());
    if let Some(named) = request.access_token_identifier.as_deref() {
        let slot = store.find(service_id, &sha256(named));
        return Ok(slot.or_else(|| store.find(service_id, &hash(named)?)).into_iter().collect());
    }
    if let Some(named) = request.refresh_token_identifier.as_deref() {
        let slot = store.find_by_refresh(service_id, &sha256(named));
        return Ok(slot.or_else(|| store.find_by_refresh(service_id, &hash(named)?)).into_iter().collect());
    }
    let (identifier, subject) = (request.client_identifier.as_deref(), request.subject.as_deref());
    if identifier.is_none() && subject.is_none() {
        return Err(Refusal::bad_request(
            codes::REVOKE_NOBODY,
            "neither tokens, nor client, nor subject are named.",
        ));
    }
    let client_id = client::resolve(None, identifier, switches).flatten();
    let wanted = |token: &StoredToken| {
        token.service_id == *service_id
            && identifier.is_none_or(|identifier| client::owns(token, identifier, client_id))
            && subject.is_none_or(|subject| token.subject.as_deref() == Some(subject))
    };
    Ok(store.slots_where(wanted).take(switches.max_revoked_tokens.unwrap_or(usize::MAX)).collect())
}
