//! The token endpoint (RFC 6749, section 3.2).

use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::client_requests::{CLIENT_UNKNOWN, ClientRequest, proven_key};
use super::content::{Action, Rejection, bad, judged};
use super::decision::Attributes;
use super::engine::World;
use super::grants::{client_credentials, code, device};
use super::id_tokens::{Beside, id_token};
use super::issuing::{Issued, Issuer, NO_KEY};
use super::password;
use super::refreshing::{refresh, remember, repeated};
use crate::config::Switches;
use crate::json::Object;
use crate::protocol::codes;
use crate::protocol::problem::OAuthError;
use crate::protocol::proof::Possession;
use crate::protocol::settings::Settings;
use crate::state::State;

/// `grant_type` of the device flow (RFC 8628, section 3.4).
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A request, by what its members are for.
struct TokenCall {
    request: ClientRequest,
    shown: Possession,
    attributes: Attributes,
}

/// Exchanges a grant for tokens.
pub(super) fn process(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form()?;
    let Object(shown) = call.json_or_form::<Object<Possession>>()?;
    let Object(attributes) = call.json_or_form()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let nonce = shown.nonce(Settings(&switches.service), &state.opaque, moment.now);
        let exchanged = exchange(call, state, switches, TokenCall { request, shown, attributes }, moment.now);
        judged(call, switches, exchanged, nonce)
    }))
}

fn exchange(
    call: &Call<'_>,
    state: &mut State,
    switches: &Switches,
    TokenCall { request, shown, attributes }: TokenCall,
    now: i64,
) -> Result<(Action, Value), Rejection> {
    let service = Settings(&switches.service);
    let parameters = request.parameters().map_err(bad)?;
    let grant_type = parameters.get("grant_type").ok_or(bad(NO_GRANT_TYPE))?;
    let client = request.client(&parameters, switches, "INVALID_CLIENT", CLIENT_UNKNOWN)?;
    let issuer = Issuer { service_id: &call.service_id, switches, client, now };
    let allowed = |grant| if issuer.allows(grant) { Ok(()) } else { Err(bad(UNAUTHORIZED_CLIENT)) };
    issuer.check(state, attributes.access_token.as_deref()).map_err(bad)?;
    let moment = (&state.opaque, now);
    let key = proven_key(&shown, (service, client), moment, ("tokenEndpoint", codes::TOKEN_PROOF_NONCE))
        .map_err(bad)?;
    let mut granted = match grant_type {
        "authorization_code" => {
            allowed("AUTHORIZATION_CODE")?;
            code(state, issuer, &parameters, key.as_deref())?
        }
        "refresh_token" => {
            allowed("REFRESH_TOKEN")?;
            if let Some(token) = repeated(state, issuer, &parameters) {
                let issued = issuer.issued(token).map_err(bad)?;
                let outcome = ("OK", codes::TOKEN_REFRESHED, "The token was issued before.");
                return Ok((outcome, answered(issuer, &issued, None, "REFRESH_TOKEN")));
            }
            refresh(state, issuer, &parameters, key.as_deref())?
        }
        "client_credentials" => {
            allowed("CLIENT_CREDENTIALS")?;
            client_credentials(issuer, &parameters)?
        }
        DEVICE_CODE => {
            allowed("DEVICE_CODE")?;
            device(state, issuer, &parameters)?
        }
        "password" if password::is_on(service) => {
            allowed("PASSWORD")?;
            return password::ask(state, issuer, &parameters, key);
        }
        _ => return Err(bad(GRANT_TYPE)),
    };
    attributes.apply(&mut granted.issue.request);
    granted.issue.request.dpop_key_thumbprint = key;
    granted.issue.refresh = granted.issue.refresh.filter(|_| issuer.allows("REFRESH_TOKEN"));
    let issued = issuer.issue(state, granted.issue).map_err(bad)?;
    let access_token = Some(issued.access_token()).filter(|_| switches.at_hash_in_code_flow);
    let beside = Beside { access_token, ..Beside::default() };
    let id_token = match &granted.id_token {
        Some(user) => Some(id_token(issuer, user, beside).ok_or(bad(NO_KEY))?),
        None => None,
    };
    let answer = answered(issuer, &issued, id_token.as_deref(), granted.grant);
    if grant_type == "refresh_token" {
        let access_token = issued.token.access_token.clone();
        remember(state, issuer, &parameters, &access_token);
    }
    Ok(((granted.action, granted.code, "The token was issued."), answer))
}

/// The members of the answer.
fn answered(issuer: Issuer<'_>, issued: &Issued<'_>, id_token: Option<&str>, grant: &str) -> Value {
    let mut members = issuer.members(issued, id_token);
    members.extend(Map::from_iter([
        ("idToken".to_owned(), json!(id_token)),
        ("grantType".to_owned(), json!(grant)),
        ("clientAuthMethod".to_owned(), json!(issuer.own().text("tokenAuthMethod"))),
    ]));
    Value::Object(members)
}

const NO_GRANT_TYPE: OAuthError =
    OAuthError::invalid_request(codes::TOKEN_NO_GRANT_TYPE, "The request has no 'grant_type'.");
const GRANT_TYPE: OAuthError =
    OAuthError::new(codes::TOKEN_GRANT_TYPE, "unsupported_grant_type", "The 'grant_type' is not supported.");
const UNAUTHORIZED_CLIENT: OAuthError = OAuthError::new(
    codes::TOKEN_UNAUTHORIZED_CLIENT,
    "unauthorized_client",
    "The service or the client does not have the grant type.",
);
