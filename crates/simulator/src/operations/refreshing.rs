//! The refresh token grant (RFC 6749, section 6).

use super::content::{Rejection, bad};
use super::grants::{Granted, is_public};
use super::issuing::{Issue, Issuer};
use crate::json::Object;
use crate::protocol::codes;
use crate::protocol::introspection::has_expired;
use crate::protocol::parameters::RequestParameters;
use crate::protocol::problem::OAuthError;
use crate::protocol::refresh;
use crate::state::{Deletion, Kept, State, StoredToken, TokenRequest, sha256};

/// Takes a refresh token and the token that belongs to it; both are gone then.
pub(super) fn refresh(
    state: &mut State,
    issuer: Issuer<'_>,
    parameters: &RequestParameters,
    key: Option<&str>,
) -> Result<Granted, Rejection> {
    let service = issuer.service();
    let name = parameters.get("refresh_token").ok_or(bad(NO_REFRESH_TOKEN))?;
    let slot = state.store.find_by_refresh(issuer.service_id, &sha256(name)).ok_or(bad(UNKNOWN))?;
    let token = state.store.get(slot).ok_or(bad(UNKNOWN))?;
    let is_of_another = token.client_id.is_some_and(|id| id != issuer.client.client_id);
    if is_of_another || has_expired(token.refresh_token_expires_at, issuer.now) {
        return Err(bad(UNKNOWN));
    }
    let extra = token.extra();
    let bound = extra.dpop_key_thumbprint.as_deref();
    // RFC 9449, section 5: only a public client's refresh token is bound to the key.
    if is_public(issuer.client) && bound.is_some() && bound != key {
        return Err(bad(OTHER_KEY));
    }
    let asked: Vec<&str> = parameters.words("scope").collect();
    if asked.iter().any(|scope| !has(token, scope)) {
        return Err(bad(SCOPE_WIDER));
    }
    let drops_openid =
        service.flag("openidDroppedOnRefreshWithoutOfflineAccess") && !has(token, "offline_access");
    let held = token.scopes.iter().map(AsRef::as_ref);
    let scopes = if asked.is_empty() { held.collect() } else { asked };
    let scopes: Vec<_> = scopes.into_iter().filter(|scope| !(drops_openid && *scope == "openid")).collect();
    let is_reissuable = service.flag("idTokenReissuable") && scopes.contains(&"openid");
    let granted = Granted {
        issue: Issue {
            request: TokenRequest {
                subject: token.subject.clone(),
                scopes: Some(scopes.into_iter().map(Into::into).collect()),
                properties: Some(extra.properties.iter().cloned().map(Object).collect()),
                acr: extra.acr.clone(),
                auth_time: extra.auth_time,
                resources: Some(extra.resources.clone()),
                session_id: extra.session_id.clone(),
                authorization_details: extra.authorization_details.clone(),
                jwt_at_claims: extra.jwt_at_claims.clone(),
                ..TokenRequest::default()
            },
            grant_type: token.grant_type,
            refresh: Some(refresh::next(service, token)),
            userinfo_claims: extra.userinfo_claims.clone(),
            code: extra.code,
        },
        grant: "REFRESH_TOKEN",
        action: if is_reissuable { "ID_TOKEN_REISSUABLE" } else { "OK" },
        code: codes::TOKEN_REFRESHED,
        id_token: None,
    };
    state.store.delete(slot, Deletion::Replaced, issuer.now);
    Ok(granted)
}

/// The token that a used refresh token gave a short time ago, where the service gives it again.
pub(super) fn repeated<'a>(
    state: &'a State,
    issuer: Issuer<'_>,
    parameters: &RequestParameters,
) -> Option<&'a StoredToken> {
    let kept = state.flows.refreshed.get(parameters.get("refresh_token")?)?;
    let is_of_client = kept.is_of(issuer.service_id, Some(issuer.client.client_id));
    if !is_of_client || kept.expires_at <= issuer.now || !issuer.service().flag("refreshTokenIdempotent") {
        return None;
    }
    state.store.get(state.store.find(issuer.service_id, &kept.value)?)
}

/// Remembers what a used refresh token gave, where the service gives it again.
pub(super) fn remember(
    state: &mut State,
    issuer: Issuer<'_>,
    parameters: &RequestParameters,
    access_token: &str,
) {
    let service = issuer.service();
    let Some(name) = parameters.get("refresh_token") else { return };
    if !service.flag("refreshTokenIdempotent") || service.flag("refreshTokenKept") {
        return;
    }
    let expires_at = issuer.now.saturating_add(refresh::IDEMPOTENT);
    let kept = Kept {
        service_id: issuer.service_id.clone(),
        client_id: issuer.client.client_id,
        expires_at,
        value: sha256(access_token),
    };
    state.flows.refreshed.insert(name.to_owned(), kept, expires_at, issuer.now);
}

fn has(token: &StoredToken, scope: &str) -> bool {
    token.scopes.iter().any(|own| own.as_ref() == scope)
}

const NO_REFRESH_TOKEN: OAuthError =
    OAuthError::invalid_request(codes::TOKEN_NO_REFRESH_TOKEN, "The request has no 'refresh_token'.");
const UNKNOWN: OAuthError =
    OAuthError::invalid_grant(codes::REFRESH_UNKNOWN, "There is no such refresh token for the client.");
const OTHER_KEY: OAuthError =
    OAuthError::invalid_grant(codes::REFRESH_OTHER_KEY, "The refresh token is bound to another key.");
const SCOPE_WIDER: OAuthError = OAuthError::new(
    codes::REFRESH_SCOPE,
    "invalid_scope",
    "The refresh token does not cover a scope that is asked for.",
);
