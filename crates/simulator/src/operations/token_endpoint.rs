//! The token endpoint (RFC 6749, section 3.2).

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::content::{Refused, bad, error};
use super::engine::World;
use super::grants::{Granted, NO_KEY, client_credentials, code, refresh};
use super::id_tokens::id_token;
use crate::config::{Client, Switches};
use crate::json::Object;
use crate::protocol::authorization_request::{Parameters, find_client};
use crate::protocol::client_authentication::{Credentials, authenticate};
use crate::protocol::codes;
use crate::protocol::dpop::{self, Expected};
use crate::protocol::problem::Problem;
use crate::protocol::settings::Settings;
use crate::protocol::token::{self, Creation};
use crate::state::{GrantType, TokenRequest, sha256};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    parameters: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    dpop: Option<String>,
    htm: Option<String>,
    htu: Option<String>,
    access_token: Option<Box<str>>,
    access_token_duration: Option<i64>,
    refresh_token_duration: Option<i64>,
}

/// Exchanges a grant for tokens.
pub(super) fn process(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<Request>>()?;
    Ok(call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id).clone();
        let service = Settings(&switches.service);
        match exchange(world, call, &request, &switches) {
            Ok(object) => object,
            Err((action, problem)) => Answer::outcome(
                switches.nulls,
                (action, problem.code, problem.text),
                call.label,
                json!({"responseContent": error(&problem, service)}),
            ),
        }
    }))
}

fn exchange(
    world: &mut World,
    call: &Call<'_>,
    request: &Request,
    switches: &Switches,
) -> Result<Answer, Refused> {
    let service = Settings(&switches.service);
    let now = world.moment.now;
    let parameters = request.parameters.as_deref().ok_or(bad(NO_PARAMETERS))?;
    let parameters = Parameters::parse(parameters).map_err(bad)?;
    let grant_type = parameters.get("grant_type").ok_or(bad(NO_GRANT_TYPE))?;
    let credentials = Credentials {
        basic_id: request.client_id.as_deref(),
        basic_secret: request.client_secret.as_deref(),
        form_id: parameters.get("client_id"),
        form_secret: parameters.get("client_secret"),
    };
    let named = credentials.client().map_err(bad)?;
    let client = named.and_then(|named| find_client(switches.clients.as_deref(), named));
    let client = client.ok_or(("INVALID_CLIENT", CLIENT_UNKNOWN))?;
    authenticate(&client.members, &credentials).map_err(|problem| ("INVALID_CLIENT", problem))?;
    let own = Settings(&client.members);
    let allowed = |grant| {
        let is_allowed = service.allows("supportedGrantTypes", grant) && own.allows("grantTypes", grant);
        if is_allowed { Ok(()) } else { Err(bad(UNAUTHORIZED_CLIENT)) }
    };
    let store = &world.state.store;
    let is_taken = |token: &str| store.find(&call.service_id, &sha256(token)).is_some();
    if request.access_token.as_deref().is_some_and(is_taken) {
        return Err(bad(FAILED));
    }
    let key = proof(request, own.flag("dpopRequired"), now)?;
    let granted = match grant_type {
        "authorization_code" => {
            allowed("AUTHORIZATION_CODE")?;
            code(&mut world.state, call, &parameters, (service, client), now)?
        }
        "refresh_token" => {
            allowed("REFRESH_TOKEN")?;
            refresh(&mut world.state, call, &parameters, client, key.as_deref(), now)?
        }
        "client_credentials" => {
            allowed("CLIENT_CREDENTIALS")?;
            client_credentials(&parameters, client)?
        }
        _ => return Err(bad(GRANT_TYPE)),
    };
    let refreshable = granted.grant_type != GrantType::ClientCredentials && allowed("REFRESH_TOKEN").is_ok();
    issue(world, call, request, (switches, client), granted, key, refreshable)
}

/// The thumbprint of the key that the request proves to hold.
fn proof(request: &Request, required: bool, now: i64) -> Result<Option<String>, Refused> {
    let Some(proof) = request.dpop.as_deref() else {
        return if required { Err(bad(NO_PROOF)) } else { Ok(None) };
    };
    let expected =
        Expected { method: request.htm.as_deref(), uri: request.htu.as_deref(), now, ..Expected::default() };
    dpop::check(proof, &expected).map(Some).map_err(|fault| {
        let code = match fault {
            dpop::Fault::NoKey => codes::TOKEN_PROOF_NO_KEY,
            dpop::Fault::Nonce => codes::TOKEN_PROOF_NONCE,
            _ => codes::TOKEN_PROOF,
        };
        bad(Problem::new(code, fault.error(), fault.text()))
    })
}

fn issue(
    world: &mut World,
    call: &Call<'_>,
    asked: &Request,
    (switches, client): (&Switches, &Client),
    granted: Granted,
    key: Option<String>,
    refreshable: bool,
) -> Result<Answer, Refused> {
    let service = Settings(&switches.service);
    let now = world.moment.now;
    let mut item: TokenRequest = serde_json::from_value(granted.request).map_err(|_| bad(FAILED))?;
    item.client_id = Some(client.client_id);
    item.dpop_key_thumbprint = key;
    item.access_token.clone_from(&asked.access_token);
    let lasts = |asked: Option<i64>, name| asked.filter(|asked| *asked > 0).or(service.seconds(name));
    item.access_token_duration = lasts(asked.access_token_duration, "accessTokenDuration");
    item.refresh_token_duration = lasts(asked.refresh_token_duration, "refreshTokenDuration");
    item.refresh_token = refreshable.then(|| world.state.opaque.next().into());
    let creation = Creation { service_id: &call.service_id, batch: None, now, replace: false };
    let slot = token::create(&mut world.state, &creation, item, granted.grant_type, switches)
        .map_err(|_| bad(FAILED))?;
    let token = world.state.store.get(slot).ok_or(bad(FAILED))?;
    let id_token = match &granted.id_token {
        Some(user) => Some(id_token(service, client, user, token, now).ok_or(bad(NO_KEY))?),
        None => None,
    };
    let extra = token.extra();
    let expires_in = token::lifetime(token);
    let mut content = Map::new();
    for property in extra.properties.iter().filter(|property| property.hidden != Some(true)) {
        content.extend(property.key.clone().map(|key| (key, json!(property.value))));
    }
    for (name, value) in [
        ("access_token", json!(token.access_token)),
        ("token_type", json!(if extra.dpop_key_thumbprint.is_some() { "DPoP" } else { "Bearer" })),
        ("expires_in", json!(expires_in)),
        ("scope", json!((!token.scopes.is_empty()).then(|| token.scopes.join(" ")))),
        ("refresh_token", json!(token.refresh_token)),
        ("id_token", json!(id_token)),
    ] {
        if !value.is_null() {
            content.insert(name.to_owned(), value);
        }
    }
    let object = json!({
        "responseContent": Value::Object(content).to_string(),
        "accessToken": token.access_token,
        "accessTokenExpiresAt": token.access_token_expires_at.unwrap_or(0),
        "accessTokenDuration": expires_in,
        "refreshToken": token.refresh_token,
        "refreshTokenExpiresAt": token.refresh_token_expires_at.unwrap_or(0),
        "refreshTokenDuration": token.refresh_token_expires_at.map_or(0, |at| (at - now) / 1000),
        "idToken": id_token,
        "grantType": granted.grant,
        "clientId": token.client_id,
        "clientIdAlias": client.client_id_alias,
        "subject": token.subject,
        "scopes": token.scopes.as_ref(),
        "properties": extra.properties,
        "clientAuthMethod": client.members.get("tokenAuthMethod"),
    });
    let outcome = ("OK", granted.code, "The token was issued.");
    Ok(Answer::outcome(switches.nulls, outcome, call.label, object))
}

const NO_PARAMETERS: Problem =
    Problem::invalid_request(codes::TOKEN_NO_PARAMETERS, "The parameters are missing.");
const NO_GRANT_TYPE: Problem =
    Problem::invalid_request(codes::TOKEN_NO_GRANT_TYPE, "The request has no 'grant_type'.");
const GRANT_TYPE: Problem =
    Problem::new(codes::TOKEN_GRANT_TYPE, "unsupported_grant_type", "The 'grant_type' is not supported.");
const CLIENT_UNKNOWN: Problem =
    Problem::invalid_client(codes::TOKEN_CLIENT, "The request names no client that is known.");
const UNAUTHORIZED_CLIENT: Problem = Problem::new(
    codes::TOKEN_UNAUTHORIZED_CLIENT,
    "unauthorized_client",
    "The service or the client does not have the grant type.",
);
const NO_PROOF: Problem =
    Problem::new(codes::TOKEN_NO_PROOF, "invalid_dpop_proof", "The client must show a DPoP proof.");
const FAILED: Problem =
    Problem::new(codes::TOKEN_FAILED, "server_error", "The access token that is asked for exists already.");
