//! Creating one token, listing tokens, deleting a token.

use bytes::Bytes;
use hyper::StatusCode;
use hyper::http::request::Parts;
use serde_json::{Value, json};

use super::{Answer, Object, Route, bad_query, extended, message, parsed, query_parameter};
use crate::clock::whole_second;
use crate::codes;
use crate::config::SingleAccessToken;
use crate::digest::{base64url, from_base64url, sha256};
use crate::ledger::Deletion;
use crate::rules::{self, Place};
use crate::server::Shared;
use crate::store::Creation;
use crate::token::{StoredToken, TokenRequest};

/// Creates one token, at once. A broken rule is an answer with an action.
pub(super) fn create(route: &Route, head: &Parts, body: &Bytes, shared: &Shared) -> Result<Answer, Answer> {
    let config = &shared.config;
    let item: TokenRequest = parsed::<Object<TokenRequest>>(head, body)?.0;
    let created = rules::check(&item, config, Place::Alone).and_then(|grant_type| {
        shared.with_state(|state| {
            // Known: the service was checked before.
            let service_id =
                state.service(&route.service_id).unwrap_or_else(|| route.service_id.as_str().into());
            let creation = Creation {
                service_id: &service_id,
                batch: None,
                now: state.now,
                replace: config.single_access_token != SingleAccessToken::Off,
            };
            let slot = state.store.create(&creation, item, grant_type, config, &state.opaque)?;
            Ok(state.store.get(slot).cloned())
        })
    });
    let token = match created {
        Ok(token) => token,
        Err(violation) => {
            return Ok(Answer::json(
                StatusCode::OK,
                &json!({
                    "resultCode": violation.code,
                    "resultMessage": message(violation.code, "/auth/token/create", violation.text),
                    "action": "BAD_REQUEST",
                }),
            ));
        }
    };
    let answer = token.as_ref().map(created_token).unwrap_or_default();
    let text = message(codes::TOKEN_CREATED, "/auth/token/create", "an access token was created.");
    let members = [
        ("resultCode", codes::TOKEN_CREATED.into()),
        ("resultMessage", text.into()),
        ("action", "OK".into()),
    ];
    Ok(Answer::json(StatusCode::OK, &extended(answer, members)))
}

fn created_token(token: &StoredToken) -> Value {
    let extra = token.extra();
    let lifetime =
        token.access_token_expires_at.map_or(0, |expires_at| (expires_at - token.created_at) / 1000);
    json!({
        "accessToken": token.access_token,
        "refreshToken": token.refresh_token,
        "clientId": token.client_id,
        "clientIdentifier": token.client_identifier.as_deref(),
        "expiresAt": token.access_token_expires_at.unwrap_or(0),
        "expiresIn": lifetime,
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

/// Lists a range of the tokens of a service, in order of creation.
pub(super) fn list(route: &Route, head: &Parts, shared: &Shared) -> Result<Answer, Answer> {
    let client = query_parameter(head, "clientIdentifier")?;
    let subject = query_parameter(head, "subject")?;
    let index = |name, default| match query_parameter(head, name)? {
        None => Ok(default),
        Some(text) => text.parse::<u32>().map_err(|_| bad_query(head)),
    };
    let (start, end) = (index("start", 0)?, index("end", 5)?);
    if end < start {
        return Err(bad_query(head));
    }
    let wanted = |token: &&StoredToken| {
        token.service_id.as_ref() == route.service_id
            && client.as_deref().is_none_or(|client| belongs_to(token, client))
            && subject.as_deref().is_none_or(|subject| token.subject.as_deref() == Some(subject))
    };
    let (range, total) = shared.with_state(|state| {
        let mut range = Vec::new();
        let mut total: u32 = 0;
        for token in state.store.iter().filter(wanted) {
            if (start..end).contains(&total) {
                range.push(listed_token(token));
            }
            total = total.saturating_add(1);
        }
        (range, total)
    });
    Ok(Answer::json(
        StatusCode::OK,
        &json!({
            "resultCode": codes::TOKENS_LISTED,
            "resultMessage": message(codes::TOKENS_LISTED, "/auth/token/get/list", "tokens were listed."),
            "start": start,
            "end": end,
            "totalCount": total,
            "client": client.map(|client| json!({
                "clientId": client.parse::<i64>().ok(),
                "clientIdAlias": client,
            })),
            "subject": subject,
            "accessTokens": range,
        }),
    ))
}

fn belongs_to(token: &StoredToken, client: &str) -> bool {
    token.client_identifier.as_deref() == Some(client)
        || token.client_id.is_some_and(|id| client.parse() == Ok(id))
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
pub(super) fn delete(route: &Route, head: &Parts, shared: &Shared) -> Result<Answer, Answer> {
    let named = &route.parameter;
    let hash = from_base64url(named).and_then(|bytes| bytes.try_into().ok());
    let deleted = shared.with_state(|state| {
        let slot = state.store.find(&route.service_id, &sha256(named));
        let slot = slot.or_else(|| state.store.find(&route.service_id, &hash?));
        slot.map(|slot| state.store.delete(slot, Deletion::Requested, state.now))
    });
    deleted.map(|()| Answer::empty()).ok_or_else(|| {
        let text = "the access token was not found.";
        Answer::result(StatusCode::NOT_FOUND, codes::TOKEN_NOT_FOUND, head.uri.path(), text)
    })
}
