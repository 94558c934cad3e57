//! Grants of the token endpoint: what an authorization code, a device code or a client's own credentials give.

use super::content::{Rejection, bad};
use super::decision::token_of;
use super::id_tokens::{Authentication, signer};
use super::issuing::{Issue, Issuer, NO_KEY};
use crate::config::Client;
use crate::protocol::codes::{self, Code as ResultCode};
use crate::protocol::device;
use crate::protocol::parameters::RequestParameters;
use crate::protocol::pkce;
use crate::protocol::problem::OAuthError;
use crate::protocol::refresh::NextRefreshToken;
use crate::protocol::scopes;
use crate::state::{Deletion, FlowEnd, GrantType, State, StoredToken, TokenRequest, sha256};

/// What a grant gives: the token to issue, and what an ID token says.
pub(super) struct Granted {
    pub(super) issue: Issue,
    /// The grant's name in the API.
    pub(super) grant: &'static str,
    pub(super) action: &'static str,
    pub(super) code: ResultCode,
    pub(super) id_token: Option<Authentication>,
}

/// Exchanges an authorization code (RFC 6749, section 4.1.3).
pub(super) fn code(
    state: &mut State,
    issuer: Issuer<'_>,
    parameters: &RequestParameters,
    key: Option<&str>,
) -> Result<Granted, Rejection> {
    let name = parameters.get("code").ok_or(bad(NO_CODE))?;
    if issuer.switches.replayed_code_revokes && state.flows.codes.get(name).is_none() {
        revoke_tokens_of(state, issuer, name);
    }
    let kept = state.flows.codes.get(name);
    let kept = kept.filter(|kept| kept.is_of(issuer.service_id, Some(issuer.client.client_id)));
    let kept = kept.filter(|kept| kept.expires_at > issuer.now).ok_or(bad(CODE_UNKNOWN))?;
    let request = &kept.value.request;
    let is_right = match parameters.get("redirect_uri") {
        Some(given) => given == request.target.redirect_uri,
        None => !request.redirect_uri_given,
    };
    if !is_right {
        return Err(bad(REDIRECT_URI));
    }
    pkce::check(request.challenge.as_ref(), parameters.get("code_verifier")).map_err(bad)?;
    if request.dpop_thumbprint.is_some() && request.dpop_thumbprint.as_deref() != key {
        return Err(bad(OTHER_KEY));
    }
    let has_openid = has_openid(&kept.value.approval.scopes);
    if has_openid && signer(issuer).is_none() {
        return Err(bad(NO_KEY));
    }
    // Only a success consumes the code.
    let code = state.flows.codes.take(name).ok_or(bad(CODE_UNKNOWN))?.value;
    state.flows.log.end(name, FlowEnd::Used, issuer.now);
    Ok(Granted {
        issue: Issue {
            request: token_of(&code.approval),
            grant_type: GrantType::AuthorizationCode,
            refresh: Some(NextRefreshToken::default()),
            userinfo_claims: code.request.userinfo_claims,
            code: issuer.switches.replayed_code_revokes.then(|| sha256(name)),
        },
        grant: "AUTHORIZATION_CODE",
        action: "OK",
        code: codes::TOKEN_ISSUED,
        id_token: has_openid.then(|| Authentication::new(&code.approval, code.request.nonce.as_deref())),
    })
}

/// Ends the tokens that a code gave before.
fn revoke_tokens_of(state: &mut State, issuer: Issuer<'_>, code: &str) {
    let hash = Some(sha256(code));
    let is_of_code =
        |token: &StoredToken| token.service_id == *issuer.service_id && token.extra().code == hash;
    for slot in state.store.slots_where(is_of_code).collect::<Vec<_>>() {
        state.store.delete(slot, Deletion::Requested, issuer.now);
    }
}

/// A token for a device, once its user has agreed (RFC 8628, section 3.4).
pub(super) fn device(
    state: &mut State,
    issuer: Issuer<'_>,
    parameters: &RequestParameters,
) -> Result<Granted, Rejection> {
    let name = parameters.get("device_code").ok_or(bad(NO_DEVICE_CODE))?;
    let kept = state.flows.devices.get_mut(name);
    let kept = kept.filter(|kept| kept.is_of(issuer.service_id, Some(issuer.client.client_id)));
    let kept = kept.ok_or(bad(DEVICE_CODE_UNKNOWN))?;
    if kept.expires_at <= issuer.now {
        return Err(bad(device::EXPIRED));
    }
    let approval = device::poll(&mut kept.value, issuer.now).map_err(bad)?;
    let has_openid = has_openid(&approval.scopes);
    if has_openid && signer(issuer).is_none() {
        return Err(bad(NO_KEY));
    }
    state.flows.devices.take(name);
    state.flows.log.end(name, FlowEnd::Used, issuer.now);
    Ok(Granted {
        issue: Issue {
            request: token_of(&approval),
            grant_type: GrantType::DeviceCode,
            refresh: Some(NextRefreshToken::default()),
            userinfo_claims: Vec::new(),
            code: None,
        },
        grant: "DEVICE_CODE",
        action: "OK",
        code: codes::DEVICE_ISSUED,
        id_token: has_openid.then(|| Authentication::new(&approval, None)),
    })
}

/// A token for the client itself (RFC 6749, section 4.4).
pub(super) fn client_credentials(
    issuer: Issuer<'_>,
    parameters: &RequestParameters,
) -> Result<Granted, Rejection> {
    if is_public(issuer.client) {
        return Err(bad(PUBLIC_CLIENT));
    }
    let scopes = scopes::requested(parameters, issuer.service(), issuer.own()).map_err(bad)?;
    let scopes = scopes.into_iter().map(Into::into).collect();
    Ok(Granted {
        issue: Issue {
            request: TokenRequest { scopes: Some(scopes), ..TokenRequest::default() },
            grant_type: GrantType::ClientCredentials,
            refresh: None,
            userinfo_claims: Vec::new(),
            code: None,
        },
        grant: "CLIENT_CREDENTIALS",
        action: "OK",
        code: codes::TOKEN_FOR_CLIENT,
        id_token: None,
    })
}

pub(super) fn is_public(client: &Client) -> bool {
    client.members.get("clientType").and_then(serde_json::Value::as_str) == Some("PUBLIC")
}

fn has_openid(scopes: &[String]) -> bool {
    scopes.iter().any(|scope| scope == "openid")
}

const NO_CODE: OAuthError = OAuthError::invalid_request(codes::TOKEN_NO_CODE, "The request has no 'code'.");
const CODE_UNKNOWN: OAuthError =
    OAuthError::invalid_grant(codes::CODE_UNKNOWN, "There is no such authorization code for the client.");
const REDIRECT_URI: OAuthError = OAuthError::invalid_grant(
    codes::CODE_REDIRECT_URI,
    "The 'redirect_uri' is not that of the authorization request.",
);
const OTHER_KEY: OAuthError =
    OAuthError::invalid_grant(codes::CODE_OTHER_KEY, "The authorization code is bound to another key.");
const NO_DEVICE_CODE: OAuthError =
    OAuthError::invalid_request(codes::DEVICE_CODE_MISSING, "The request has no 'device_code'.");
const DEVICE_CODE_UNKNOWN: OAuthError =
    OAuthError::invalid_grant(codes::DEVICE_CODE_UNKNOWN, "There is no such device code for the client.");
const PUBLIC_CLIENT: OAuthError = OAuthError::new(
    codes::CLIENT_CREDENTIALS_PUBLIC,
    "unauthorized_client",
    "A public client has no client credentials.",
);
