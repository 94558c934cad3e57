//! Token management: creating one token, listing tokens, deleting a token.

use std::ops::Range;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal, members, message};
use super::call::{Call, bad_query};
use crate::clock::whole_second;
use crate::config::SingleAccessToken;
use crate::json::Object;
use crate::protocol::item::{self, Place};
use crate::protocol::token::{self, Creation};
use crate::protocol::{client, codes};
use crate::state::{Deletion, StoredToken, TokenRequest, base64url, from_base64url, sha256};

/// Creates one token, at once. A broken rule is an answer with an action.
pub(super) fn create(call: &Call<'_>) -> Result<Answer, Refusal> {
    let item = call.json_or_form::<Object<TokenRequest>>()?.0;
    let created = call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let grant_type = item::check(&item, switches, Place::Alone)?;
        let creation = Creation {
            service_id: &call.service_id,
            batch: None,
            now: world.moment.now,
            replace: switches.single_access_token_per_subject != SingleAccessToken::Off,
        };
        let slot = token::create(&mut world.state, &creation, item, grant_type, switches)?;
        let token = world.state.store.get(slot).map(created_token).unwrap_or_default();
        Ok(members(switches.nulls, token))
    });
    let (mut answer, code, text, action) = match created {
        Ok(token) => (token, codes::TOKEN_CREATED, "an access token was created.", "OK"),
        Err(item::Violation { code, text }) => (Map::new(), code, text, "BAD_REQUEST"),
    };
    answer.insert("resultCode".to_owned(), code.into());
    answer.insert("resultMessage".to_owned(), message(code, call.label, text).into());
    answer.insert("action".to_owned(), action.into());
    Ok(Answer::ok(answer))
}

fn created_token(token: &StoredToken) -> Value {
    let extra = token.extra();
    json!({
        "accessToken": token.access_token,
        "refreshToken": token.refresh_token,
        "clientId": token.client_id,
        "clientIdentifier": token.client_identifier.as_deref(),
        "expiresAt": token.access_token_expires_at.unwrap_or(0),
        "expiresIn": token::lifetime(token),
        "grantType": token.grant_type.as_str(),
        "properties": extra.properties,
        "scopes": token.scopes.as_ref(),
        "refreshTokenScopes": token.refresh_token.as_ref().map(|_| token.scopes.as_ref()),
        "subject": token.subject,
        "tokenType": if extra.dpop_key_thumbprint.is_some() { "DPoP" } else { "Bearer" },
        "jwtAccessToken": null,
        "authorizationDetails": extra.authorization_details,
        "forExternalAttachment": extra.for_external_attachment,
        "tokenId": null,
        "sessionId": extra.session_id,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListQuery {
    client_identifier: Option<String>,
    subject: Option<String>,
    start: Option<i32>,
    end: Option<i32>,
}

/// The range that a list asks for: five from the first if it says nothing.
pub(super) fn range(start: Option<i32>, end: Option<i32>) -> Result<Range<i32>, Refusal> {
    let (start, end) = (start.unwrap_or(0), end.unwrap_or(5));
    if start < 0 || end < start { Err(bad_query()) } else { Ok(start..end) }
}

/// Lists a range of the tokens of a service, in order of creation.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let ListQuery { client_identifier: client, subject, start, end } = call.query()?;
    let range = range(start, end)?;
    let (start, end) = (range.start, range.end);
    let most = call.engine.with(|world| world.config.switches(&call.service_id).max_listed_tokens);
    if most.is_some_and(|most| usize::try_from(end - start).is_ok_and(|asked| asked > most)) {
        let text = "the range has more tokens than one list may have.";
        return Err(Refusal::bad_request(codes::TOO_MANY_LISTED, text));
    }
    let (nulls, range, total, client_id) = call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let nulls = switches.nulls;
        let client_id = client::resolve(None, client.as_deref(), switches).flatten();
        let wanted = |token: &&StoredToken| {
            token.service_id == call.service_id
                && client.as_deref().is_none_or(|identifier| client::owns(token, identifier, client_id))
        };
        let store = &mut world.state.store;
        let tokens: Box<dyn Iterator<Item = &StoredToken>> = match &subject {
            Some(subject) => Box::new(store.of_subject(subject)),
            None => Box::new(store.iter()),
        };
        let mut range = Vec::new();
        let mut total: i32 = 0;
        for token in tokens.filter(wanted) {
            if (start..end).contains(&total) {
                range.push(members(nulls, listed_token(token)));
            }
            total = total.saturating_add(1);
        }
        (nulls, range, total, client_id)
    });
    let client = client.map(|client| {
        let limited = json!({"clientId": client_id, "clientIdAlias": client});
        members(nulls, limited)
    });
    let answer = json!({
        "start": start,
        "end": end,
        "totalCount": total,
        "client": client,
        "subject": subject,
        "accessTokens": range,
    });
    Ok(Answer::ok(members(nulls, answer)))
}

fn listed_token(token: &StoredToken) -> Value {
    json!({
        "accessTokenHash": base64url(sha256(token.access_token.as_bytes())),
        "accessTokenExpiresAt": token.access_token_expires_at.map_or(0, whole_second),
        "refreshTokenHash": token.refresh_token.as_deref().map(|token| base64url(sha256(token))),
        "refreshTokenExpiresAt": token.refresh_token_expires_at.map_or(0, whole_second),
        "createdAt": whole_second(token.created_at),
        "lastRefreshedAt": 0,
        "clientId": token.client_id,
        "subject": token.subject,
        "grantType": token.grant_type.as_str(),
        "scopes": token.scopes.as_ref(),
        "properties": token.extra().properties,
        "refreshTokenScopes": token.refresh_token.as_ref().map(|_| token.scopes.as_ref()),
    })
}

/// Deletes a token, named by its value or else by its hash.
pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Refusal> {
    let named = call.parameter("accessTokenIdentifier");
    let hash = from_base64url(named).and_then(|bytes| bytes.try_into().ok());
    call.engine.with(|world| {
        let store = &mut world.state.store;
        let slot = store.find(&call.service_id, &sha256(named));
        let slot = slot.or_else(|| store.find(&call.service_id, &hash?));
        let Some(slot) = slot else {
            return Err(Refusal::not_found(codes::TOKEN_NOT_FOUND, "the access token was not found."));
        };
        store.delete(slot, Deletion::Requested, world.moment.now);
        Ok(Answer::empty())
    })
}
