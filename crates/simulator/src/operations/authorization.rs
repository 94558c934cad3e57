//! The authorization endpoint: whether a request is good, and what it asks of the login.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal, members};
use super::call::Call;
use super::content::{deliver_error, error};
use super::engine::World;
use crate::config::{Client, Switches};
use crate::json::Object;
use crate::protocol::authorization_request::{RequestError, Way, check, find_unlocked};
use crate::protocol::claims;
use crate::protocol::codes;
use crate::protocol::login::Login;
use crate::protocol::parameters::RequestParameters;
use crate::protocol::problem::OAuthError;
use crate::protocol::settings::Settings;
use crate::state::{AuthorizationRequest, FlowEnd, FlowKind, Flows, Kept};

/// How long a ticket lives: 24 hours.
pub(super) const TICKET: i64 = 86_400_000;

/// What begins the name of a pushed request (RFC 9126, section 2.2).
pub(super) const PUSHED: &str = "urn:ietf:params:oauth:request_uri:";

#[derive(Deserialize)]
struct AuthorizationCall {
    parameters: Option<String>,
}

/// Judges an authorization request, and gives it a ticket if it is good.
pub(super) fn process(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(AuthorizationCall { parameters }) = call.json_or_form()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let service = Settings(&switches.service);
        let answer = |outcome, object| Answer::outcome(switches.nulls, outcome, call.label, object);
        let (client, checked) = read(parameters.as_deref(), &mut state.flows, call, switches, moment.now);
        let (request, login) = match checked {
            Ok(good) => good,
            Err(refused) => {
                let ((action, content), problem) = match &refused {
                    RequestError::Here(problem) => (("BAD_REQUEST", error(problem, service)), problem),
                    RequestError::There { target, problem } => {
                        (deliver_error(target, problem, service), problem)
                    }
                };
                return answer((action, problem.code, problem.text), json!({"responseContent": content}));
            }
        };
        let ticket = state.opaque.next();
        let (needs_nobody, text) = (is_silent(&request, &login), "The request is good.");
        let mut object = described(&request, &login, service);
        object.insert("ticket".to_owned(), ticket.clone().into());
        object.insert("client".to_owned(), client.map(|client| limited(client, switches.nulls)).into());
        let expires_at = moment.now.saturating_add(TICKET);
        let kept = Kept {
            service_id: call.service_id.clone(),
            client_id: request.client_id,
            expires_at,
            value: request,
        };
        state.flows.note(FlowKind::Ticket, &ticket, &kept, None, moment.now);
        // It is kept a while longer, so that its end can be told from its absence.
        state.flows.tickets.insert(ticket, kept, expires_at.saturating_add(TICKET), moment.now);
        let action = if needs_nobody { "NO_INTERACTION" } else { "INTERACTION" };
        answer((action, codes::AUTHORIZATION_VALID, text), Value::Object(object))
    }))
}

type Checked = Result<(AuthorizationRequest, Login), RequestError>;

/// Reads a request, which may stand in for a pushed one, and its client.
fn read<'a>(
    parameters: Option<&str>,
    flows: &mut Flows,
    call: &Call<'_>,
    switches: &'a Switches,
    now: i64,
) -> (Option<&'a Client>, Checked) {
    let parsed = parameters.ok_or(NO_PARAMETERS).and_then(RequestParameters::parse);
    let parameters = match parsed {
        Ok(parameters) => parameters,
        Err(problem) => return (None, Err(RequestError::Here(problem))),
    };
    let named = parameters.get("client_id");
    let client = named.and_then(|id| find_unlocked(switches.clients.as_deref(), id));
    let service = Settings(&switches.service);
    let name = parameters.get("request_uri").filter(|name| name.starts_with(PUSHED));
    let Some(name) = name else {
        return (client, check(&parameters, client, service, Way::Direct));
    };
    (client, pushed(name, flows, client, call, service, now))
}

/// The request that a client pushed. It is good once.
fn pushed(
    name: &str,
    flows: &mut Flows,
    client: Option<&Client>,
    call: &Call<'_>,
    service: Settings<'_>,
    now: i64,
) -> Checked {
    let kept = flows.pushed.get(name).filter(|kept| kept.is_of(&call.service_id, None));
    let kept = kept.filter(|kept| kept.expires_at > now).ok_or(RequestError::Here(NOT_PUSHED))?;
    if client.is_none_or(|client| client.client_id != kept.client_id) {
        return Err(RequestError::Here(PUSHED_BY_ANOTHER));
    }
    let pushed = flows.pushed.take(name).ok_or(RequestError::Here(NOT_PUSHED))?.value;
    flows.log.end(name, FlowEnd::Used, now);
    let parameters = RequestParameters::parse(&pushed.parameters).map_err(RequestError::Here)?;
    let (mut request, login) = check(&parameters, client, service, Way::Pushed)?;
    request.dpop_thumbprint = pushed.dpop_thumbprint.or(request.dpop_thumbprint);
    Ok((request, login))
}

/// Whether the user is not to be asked: the request says so or, as Authlete was seen to do, it asks for offline access
/// without asking for consent (OpenID Connect Core 1.0, section 11).
fn is_silent(request: &AuthorizationRequest, login: &Login) -> bool {
    let has = |wanted: &str| request.scopes.iter().any(|scope| scope == wanted);
    let is_offline = has("openid") && has("offline_access");
    login.is_silent() || (is_offline && !login.prompts.iter().any(|prompt| prompt == "CONSENT"))
}

/// What the request asks for, as the application is told.
fn described(request: &AuthorizationRequest, login: &Login, service: Settings<'_>) -> Map<String, Value> {
    let supported = service.0.get("supportedScopes").and_then(Value::as_array);
    let scopes = request.scopes.iter().map(|name| {
        let known = supported.into_iter().flatten().find(|scope| scope.get("name") == Some(&json!(name)));
        known.cloned().unwrap_or_else(|| json!({"name": name}))
    });
    let asked = |claims: &Option<Map<String, Value>>| -> Vec<String> {
        claims.iter().flat_map(Map::keys).cloned().collect()
    };
    let mut claims = asked(&login.id_token_claims);
    // Without an access token the ID token is the only place (OIDC Core section 5.4).
    if request.response_type.id_token && !request.response_type.token && !request.response_type.code {
        claims
            .extend(request.scopes.iter().flat_map(|scope| claims::of_scope(scope)).map(ToString::to_string));
    }
    let text = |claims: &Option<Map<String, Value>>| claims.as_ref().map(|claims| json!(claims).to_string());
    let mut known = service.0.clone();
    known.retain(|name, _| !["jwks", "apiSecret"].contains(&name.as_str()));
    let object = json!({
        "service": known,
        "scopes": scopes.collect::<Vec<_>>(),
        "prompts": login.prompts,
        "lowestPrompt": login.lowest_prompt(),
        "maxAge": login.max_age.unwrap_or(0),
        "acrs": login.acrs,
        "acrEssential": login.acr_essential,
        "subject": login.subject,
        "loginHint": login.login_hint,
        "display": login.display,
        "uiLocales": login.ui_locales,
        "claimsLocales": login.claims_locales,
        "claims": claims,
        "claimsAtUserInfo": asked(&login.userinfo_claims),
        "idTokenClaims": text(&login.id_token_claims),
        "userInfoClaims": text(&login.userinfo_claims),
    });
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// What the application is told of a client.
pub(super) fn limited(client: &Client, nulls: bool) -> Map<String, Value> {
    let mut object = json!({
        "number": client.client_id,
        "clientId": client.client_id,
        "clientIdAlias": client.client_id_alias,
    });
    for name in ["clientName", "clientNames", "description", "descriptions", "clientType"] {
        if let (Some(object), Some(value)) = (object.as_object_mut(), client.members.get(name)) {
            object.insert(name.to_owned(), value.clone());
        }
    }
    members(nulls, object)
}

const NO_PARAMETERS: OAuthError =
    OAuthError::invalid_request(codes::AUTHORIZATION_NO_PARAMETERS, "The parameters are missing.");
const NOT_PUSHED: OAuthError = OAuthError::new(
    codes::PAR_USED,
    "invalid_request_uri",
    "There is no such pushed request, or it was used, or it has expired.",
);
const PUSHED_BY_ANOTHER: OAuthError =
    OAuthError::new(codes::PAR_OF_ANOTHER, "invalid_request_uri", "Another client pushed the request.");
