//! Grants of the token endpoint: what an authorization code, a refresh token or a client's own credentials give.

use serde_json::{Value, json};

use super::call::Call;
use super::content::{Refused, bad};
use super::id_tokens::{Authentication, signer};
use crate::config::Client;
use crate::protocol::authorization_request::Parameters;
use crate::protocol::codes::{self, Code as ResultCode};
use crate::protocol::introspection::has_expired;
use crate::protocol::pkce;
use crate::protocol::problem::Problem;
use crate::protocol::settings::Settings;
use crate::state::{Deletion, GrantType, State, sha256};

/// What a grant gives: the token to create, and what an ID token says.
pub(super) struct Granted {
    pub(super) request: Value,
    pub(super) grant_type: GrantType,
    pub(super) grant: &'static str,
    pub(super) code: ResultCode,
    pub(super) id_token: Option<Authentication>,
}

/// Exchanges an authorization code (RFC 6749, section 4.1.3).
pub(super) fn code(
    state: &mut State,
    call: &Call<'_>,
    parameters: &Parameters,
    (service, client): (Settings<'_>, &Client),
    now: i64,
) -> Result<Granted, Refused> {
    let name = parameters.get("code").ok_or(bad(NO_CODE))?;
    let code = state.flows.codes.get(name).filter(|code| {
        code.service_id == call.service_id
            && code.request.client_id == client.client_id
            && code.expires_at > now
    });
    let code = code.ok_or(bad(CODE_UNKNOWN))?;
    let given = parameters.get("redirect_uri");
    let is_right = match given {
        Some(given) => given == code.request.redirect_uri,
        None => !code.request.redirect_uri_given,
    };
    if !is_right {
        return Err(bad(REDIRECT_URI));
    }
    pkce::check(code.request.challenge.as_ref(), parameters.get("code_verifier")).map_err(bad)?;
    let has_openid = code.scopes.iter().any(|scope| scope == "openid");
    if has_openid && signer(service, client).is_none() {
        return Err(bad(NO_KEY));
    }
    // Only a success consumes the code.
    let code = state.flows.codes.take(name).ok_or(bad(CODE_UNKNOWN))?;
    let claims = code.claims.as_deref().and_then(|claims| serde_json::from_str(claims).ok());
    let id_token = has_openid.then(|| Authentication {
        subject: code.subject.clone(),
        nonce: code.request.nonce,
        auth_time: code.auth_time,
        acr: code.acr.clone(),
        claims,
    });
    let request = json!({
        "subject": code.subject, "scopes": code.scopes, "properties": code.properties, "acr": code.acr,
        "authTime": code.auth_time,
    });
    Ok(Granted {
        request,
        grant_type: GrantType::AuthorizationCode,
        grant: "AUTHORIZATION_CODE",
        code: codes::TOKEN_ISSUED,
        id_token,
    })
}

/// Takes a refresh token and the token that belongs to it; both are gone then.
pub(super) fn refresh(
    state: &mut State,
    call: &Call<'_>,
    parameters: &Parameters,
    client: &Client,
    key: Option<&str>,
    now: i64,
) -> Result<Granted, Refused> {
    let name = parameters.get("refresh_token").ok_or(bad(NO_REFRESH_TOKEN))?;
    let slot = state.store.find_by_refresh(&call.service_id, &sha256(name)).ok_or(bad(REFRESH_UNKNOWN))?;
    let token = state.store.get(slot).ok_or(bad(REFRESH_UNKNOWN))?;
    let is_of_another = token.client_id.is_some_and(|id| id != client.client_id);
    if is_of_another || has_expired(token.refresh_token_expires_at, now) {
        return Err(bad(REFRESH_UNKNOWN));
    }
    let extra = token.extra();
    // RFC 9449, section 5: only a public client's refresh token is bound to the key.
    let is_public = Settings(&client.members).text("clientType") == Some("PUBLIC");
    if is_public && extra.dpop_key_thumbprint.is_some() && extra.dpop_key_thumbprint.as_deref() != key {
        return Err(bad(OTHER_KEY));
    }
    let held: Vec<&str> = token.scopes.iter().map(AsRef::as_ref).collect();
    let asked: Vec<&str> = parameters.words("scope").collect();
    if asked.iter().any(|scope| !held.contains(scope)) {
        return Err(bad(SCOPE_WIDER));
    }
    let scopes = if asked.is_empty() { held } else { asked };
    let request = json!({
        "subject": token.subject, "scopes": scopes, "properties": extra.properties, "acr": extra.acr,
        "authTime": extra.auth_time, "resources": extra.resources, "sessionId": extra.session_id,
        "authorizationDetails": extra.authorization_details, "jwtAtClaims": extra.jwt_at_claims,
    });
    let grant_type = token.grant_type;
    state.store.delete(slot, Deletion::Replaced, now);
    Ok(Granted { request, grant_type, grant: "REFRESH_TOKEN", code: codes::TOKEN_REFRESHED, id_token: None })
}

/// A token for the client itself (RFC 6749, section 4.4).
pub(super) fn client_credentials(parameters: &Parameters, client: &Client) -> Result<Granted, Refused> {
    if Settings(&client.members).text("clientType") == Some("PUBLIC") {
        return Err(bad(PUBLIC_CLIENT));
    }
    Ok(Granted {
        request: json!({"scopes": parameters.words("scope").collect::<Vec<_>>()}),
        grant_type: GrantType::ClientCredentials,
        grant: "CLIENT_CREDENTIALS",
        code: codes::TOKEN_FOR_CLIENT,
        id_token: None,
    })
}

const NO_CODE: Problem = Problem::invalid_request(codes::TOKEN_NO_CODE, "The request has no 'code'.");
const CODE_UNKNOWN: Problem =
    Problem::invalid_grant(codes::CODE_UNKNOWN, "There is no such authorization code for the client.");
const REDIRECT_URI: Problem = Problem::invalid_grant(
    codes::CODE_REDIRECT_URI,
    "The 'redirect_uri' is not that of the authorization request.",
);
const NO_REFRESH_TOKEN: Problem =
    Problem::invalid_request(codes::TOKEN_NO_REFRESH_TOKEN, "The request has no 'refresh_token'.");
const REFRESH_UNKNOWN: Problem =
    Problem::invalid_grant(codes::REFRESH_UNKNOWN, "There is no such refresh token for the client.");
const OTHER_KEY: Problem =
    Problem::invalid_grant(codes::REFRESH_OTHER_KEY, "The refresh token is bound to another key.");
const SCOPE_WIDER: Problem = Problem::new(
    codes::REFRESH_SCOPE,
    "invalid_scope",
    "The refresh token does not cover a scope that is asked for.",
);
const PUBLIC_CLIENT: Problem = Problem::new(
    codes::CLIENT_CREDENTIALS_PUBLIC,
    "unauthorized_client",
    "A public client has no client credentials.",
);
pub(super) const NO_KEY: Problem = Problem::new(
    codes::TOKEN_NO_KEY,
    "server_error",
    "No key signs the ID token with the client's algorithm.",
);
