//! Authorization requests (RFC 6749, section 4.1.1; OpenID Connect Core 1.0, section 3.1.2.1).

use serde_json::{Value, json};

use super::codes;
use super::pkce;
use super::problem::Problem;
use super::settings::Settings;
use crate::config::Client;
use crate::state::AuthorizationRequest;

/// The parameters of a request, none of them twice (RFC 6749, section 3.1).
#[derive(Debug)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a query or a form. A parameter without a value is absent.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        // RFC 8707 lets `resource` stand several times.
        let is_twice = names.windows(2).any(|pair| matches!(pair, [a, b] if a == b && *a != "resource"));
        if is_twice { Err(TWICE) } else { Ok(Self(pairs)) }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The words of a parameter.
    pub(crate) fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.get(name).unwrap_or_default().split(' ').filter(|word| !word.is_empty())
    }
}

/// Why a request is refused, and whether the client hears of it.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The user is told: there is no redirect URI to be trusted.
    Here(Problem),
    /// The client is told, at its redirect URI.
    There { uri: String, state: Option<String>, problem: Problem },
}

/// The client with this number or alias.
pub(crate) fn find_client<'a>(clients: Option<&'a [Client]>, identifier: &str) -> Option<&'a Client> {
    clients?.iter().find(|client| {
        client.client_id_alias.as_deref() == Some(identifier) || identifier.parse() == Ok(client.client_id)
    })
}

/// Checks a request in the order of its parts: client, redirect URI, response type, scopes, PKCE.
pub(crate) fn check(
    parameters: &Parameters,
    client: Option<&Client>,
    service: Settings<'_>,
) -> Result<AuthorizationRequest, Refused> {
    let client = client.ok_or(Refused::Here(CLIENT_UNKNOWN))?;
    let own = Settings(&client.members);
    let given = parameters.get("redirect_uri");
    let mut registered = own.list("redirectUris").into_iter().flatten();
    let redirect_uri = match given {
        Some(given) => registered.find(|uri| *uri == given),
        // RFC 6749, section 3.1.2.3: the only one need not be named.
        None => registered.next().filter(|_| registered.next().is_none()),
    };
    let redirect_uri = redirect_uri.ok_or(Refused::Here(REDIRECT_URI))?.to_owned();
    let state = parameters.get("state").map(str::to_owned);
    let there = |problem| Refused::There { uri: redirect_uri.clone(), state: state.clone(), problem };
    let response_type = parameters.get("response_type").ok_or_else(|| there(NO_RESPONSE_TYPE))?;
    if response_type != "code" || !own.allows("responseTypes", "CODE") {
        return Err(there(RESPONSE_TYPE));
    }
    // Scopes that the service does not have are dropped.
    let supported = service.0.get("supportedScopes").and_then(Value::as_array);
    let is_supported = |scope: &&str| {
        supported.is_none_or(|all| all.iter().any(|own| own.get("name") == Some(&json!(scope))))
    };
    let scopes = parameters.words("scope").filter(is_supported).map(str::to_owned).collect();
    let required = |name| service.flag(name) || own.flag(name);
    let challenge = pkce::request(
        parameters.get("code_challenge"),
        parameters.get("code_challenge_method"),
        required("pkceRequired"),
        required("pkceS256Required"),
    )
    .map_err(there)?;
    Ok(AuthorizationRequest {
        client_id: client.client_id,
        redirect_uri_given: given.is_some(),
        nonce: parameters.get("nonce").map(str::to_owned),
        redirect_uri,
        state,
        scopes,
        challenge,
    })
}

pub(crate) const TWICE: Problem =
    Problem::invalid_request(codes::PARAMETER_TWICE, "A parameter stands twice in the request.");
const CLIENT_UNKNOWN: Problem =
    Problem::invalid_request(codes::AUTHORIZATION_CLIENT, "The request names no client that is known.");
const REDIRECT_URI: Problem =
    Problem::invalid_request(codes::REDIRECT_URI, "The redirect URI is not one that the client registered.");
const NO_RESPONSE_TYPE: Problem =
    Problem::invalid_request(codes::RESPONSE_TYPE_MISSING, "The request has no 'response_type'.");
const RESPONSE_TYPE: Problem = Problem::new(
    codes::RESPONSE_TYPE_UNSUPPORTED,
    "unsupported_response_type",
    "The 'response_type' is not supported.",
);
