//! Authorization requests (RFC 6749, section 4.1.1; OpenID Connect Core 1.0, section 3.1.2.1).

use super::codes;
use super::jose::Algorithm;
use super::login::{self, Login};
use super::parameters::RequestParameters;
use super::pkce;
use super::problem::OAuthError;
use super::redirect_uri::is_registered;
use super::response_type;
use super::scopes;
use super::settings::Settings;
use crate::config::Client;
use crate::state::{AuthorizationRequest, ResponseMode, ResponseTarget, ResponseType};

/// Why a request is refused, and whether the client hears of it.
#[derive(Debug)]
pub(crate) enum RequestError {
    /// The user is told: there is no redirect URI to be trusted.
    Here(OAuthError),
    /// The client is told, at its redirect URI.
    There { target: ResponseTarget, problem: OAuthError },
}

/// How a request reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Through the browser.
    Direct,
    /// Pushed by the client (RFC 9126).
    Pushed,
}

/// The client with this number or alias.
pub(crate) fn find_client<'a>(clients: Option<&'a [Client]>, identifier: &str) -> Option<&'a Client> {
    clients?.iter().find(|client| {
        client.client_id_alias.as_deref() == Some(identifier) || identifier.parse() == Ok(client.client_id)
    })
}

/// The same, if it may take part in flows: a locked client may not.
pub(crate) fn find_unlocked<'a>(clients: Option<&'a [Client]>, identifier: &str) -> Option<&'a Client> {
    find_client(clients, identifier).filter(|client| !Settings(&client.members).flag("locked"))
}

/// Checks a request in the order of its parts: client, redirect URI, response type, PAR, scopes, PKCE, login.
pub(crate) fn check(
    parameters: &RequestParameters,
    client: Option<&Client>,
    service: Settings<'_>,
    way: Way,
) -> Result<(AuthorizationRequest, Login), RequestError> {
    let client = client.ok_or(RequestError::Here(CLIENT_UNKNOWN))?;
    let own = Settings(&client.members);
    let mut target = ResponseTarget {
        redirect_uri: redirect_uri(parameters, service, own).ok_or(RequestError::Here(REDIRECT_URI))?,
        mode: ResponseMode::Query,
        state: parameters.get("state").map(str::to_owned),
    };
    match parts(parameters, service, own, way, &mut target) {
        Ok((response_type, scopes, challenge, login)) => {
            let userinfo = login.userinfo_claims.iter().flat_map(|claims| claims.keys());
            let request = AuthorizationRequest {
                client_id: client.client_id,
                redirect_uri_given: parameters.get("redirect_uri").is_some(),
                response_type,
                nonce: parameters.get("nonce").map(str::to_owned),
                scopes,
                challenge,
                dpop_thumbprint: parameters.get("dpop_jkt").map(str::to_owned),
                userinfo_claims: userinfo.cloned().collect(),
                target,
            };
            Ok((request, login))
        }
        Err(problem) => Err(RequestError::There { target, problem }),
    }
}

/// The redirect URI that the request names, or else the only one (RFC 6749, section 3.1.2.3), if it is registered.
fn redirect_uri(parameters: &RequestParameters, service: Settings<'_>, own: Settings<'_>) -> Option<String> {
    let mut registered = own.list("redirectUris").into_iter().flatten();
    let any_port = service.flag("loopbackRedirectionUriVariable");
    match parameters.get("redirect_uri") {
        Some(given) => registered.any(|uri| is_registered(given, uri, any_port)).then(|| given.to_owned()),
        None => registered.next().filter(|_| registered.next().is_none()).map(str::to_owned),
    }
}

type Parts = (ResponseType, Vec<String>, Option<crate::state::Challenge>, Login);

/// What the request says beyond client and redirect URI. The target's mode is set as soon as it is known, so that the
/// errors after it travel so, too.
fn parts(
    parameters: &RequestParameters,
    service: Settings<'_>,
    own: Settings<'_>,
    way: Way,
    target: &mut ResponseTarget,
) -> Result<Parts, OAuthError> {
    let response_type = parameters.get("response_type").ok_or(NO_RESPONSE_TYPE)?;
    let response_type = response_type::parse(response_type).ok_or(RESPONSE_TYPE)?;
    target.mode = response_type::mode(None, response_type)?;
    target.mode = response_type::mode(parameters.get("response_mode"), response_type)?;
    if !response_type::is_allowed(response_type, service, own) {
        return Err(RESPONSE_TYPE);
    }
    let allowed = |grant| service.allows("supportedGrantTypes", grant) && own.allows("grantTypes", grant);
    let has_token = response_type.token || response_type.id_token;
    if (response_type.code && !allowed("AUTHORIZATION_CODE")) || (has_token && !allowed("IMPLICIT")) {
        return Err(GRANT_TYPE);
    }
    if way == Way::Direct && (service.flag("parRequired") || own.flag("parRequired")) {
        return Err(NOT_PUSHED);
    }
    if parameters.get("request").is_some() || parameters.get("request_uri").is_some() {
        return Err(REQUEST_OBJECT);
    }
    let scopes = scopes::requested(parameters, service, own)?;
    let has_openid = scopes.iter().any(|scope| scope == "openid");
    let algorithm = own.text("idTokenSignAlg").and_then(Algorithm::parse);
    if has_openid
        && own.text("clientType") == Some("PUBLIC")
        && algorithm.is_some_and(|algorithm| algorithm.is_symmetric())
    {
        return Err(NO_SECRET);
    }
    if response_type.id_token && !has_openid {
        return Err(NO_OPENID);
    }
    // OpenID Connect Core 1.0, sections 3.2.2.1 and 3.3.2.1.
    if response_type.id_token && parameters.get("nonce").is_none() {
        return Err(NO_NONCE);
    }
    let required = |name| response_type.code && (service.flag(name) || own.flag(name));
    let challenge = pkce::request(
        parameters.get("code_challenge"),
        parameters.get("code_challenge_method"),
        required("pkceRequired"),
        required("pkceS256Required"),
    )?;
    let login = login::read(parameters, service, own)?;
    Ok((response_type, scopes, challenge, login))
}

const CLIENT_UNKNOWN: OAuthError =
    OAuthError::invalid_request(codes::AUTHORIZATION_CLIENT, "The request names no client that is known.");
const REDIRECT_URI: OAuthError = OAuthError::invalid_request(
    codes::REDIRECT_URI,
    "The redirect URI is not one that the client registered.",
);
const NO_RESPONSE_TYPE: OAuthError =
    OAuthError::invalid_request(codes::RESPONSE_TYPE_MISSING, "The request has no 'response_type'.");
const RESPONSE_TYPE: OAuthError = OAuthError::new(
    codes::RESPONSE_TYPE_UNSUPPORTED,
    "unsupported_response_type",
    "The 'response_type' is not supported.",
);
const GRANT_TYPE: OAuthError = OAuthError::new(
    codes::AUTHORIZATION_GRANT_TYPE,
    "unauthorized_client",
    "The service or the client does not have the grant type of the 'response_type'.",
);
const NOT_PUSHED: OAuthError =
    OAuthError::invalid_request(codes::PAR_REQUIRED, "The request must be pushed (RFC 9126).");
const REQUEST_OBJECT: OAuthError = OAuthError::new(
    codes::REQUEST_OBJECT,
    "request_not_supported",
    "The simulator does not play request objects (RFC 9101).",
);
const NO_SECRET: OAuthError = OAuthError::invalid_request(
    codes::ID_TOKEN_SYMMETRIC,
    "A public client has no secret for the algorithm of its ID tokens.",
);
const NO_OPENID: OAuthError = OAuthError::new(
    codes::ID_TOKEN_NO_OPENID,
    "invalid_scope",
    "An ID token from the authorization endpoint needs the scope 'openid'.",
);
const NO_NONCE: OAuthError = OAuthError::invalid_request(
    codes::ID_TOKEN_NO_NONCE,
    "An ID token from the authorization endpoint needs a 'nonce'.",
);
