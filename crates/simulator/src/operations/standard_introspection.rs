//! Introspection as RFC 7662 has it, and as a signed JWT (RFC 9701).

use ring::rand::SystemRandom;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::engine::World;
use crate::json::Object;
use crate::protocol::codes;
use crate::protocol::introspection::has_expired;
use crate::protocol::jose::{Algorithm, Jwk, sign};
use crate::protocol::jwt_access_token::{self, confirmation};
use crate::protocol::settings::Settings;
use crate::state::StoredToken;

/// The media type of a signed response (RFC 9701, section 4).
const JWT: &str = "token-introspection+jwt";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IntrospectionCall {
    parameters: Option<String>,
    with_hidden_properties: Option<bool>,
    rs_uri: Option<String>,
    http_accept_header: Option<String>,
    introspection_sign_alg: Option<String>,
    shared_key_for_sign: Option<String>,
}

/// Tells what either token of a pair is. Whatever is dead or unknown is only not active.
pub(super) fn introspect(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<IntrospectionCall>>()?;
    let parameters = request.parameters.as_deref().unwrap_or_default();
    let token = form_urlencoded::parse(parameters.as_bytes()).find(|(name, _)| name == "token");
    let token = token.map(|(_, token)| token).filter(|token| !token.is_empty());
    Ok(call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let (nulls, service) = (switches.nulls, Settings(&switches.service));
        let answer = |outcome, content: String| {
            Answer::outcome(nulls, outcome, call.label, json!({"responseContent": content}))
        };
        let refuse = |code, text: &'static str| {
            let content =
                json!({"error": "invalid_request", "error_description": format!("[{code}] {text}")});
            answer(("BAD_REQUEST", code, text), content.to_string())
        };
        let Some(token) = token else {
            return refuse(codes::STANDARD_NO_TOKEN, "The token is missing.");
        };
        let hidden = request.with_hidden_properties.unwrap_or_default();
        let content = described(world, &call.service_id, &token, hidden);
        let wants_jwt = request.http_accept_header.as_deref().is_some_and(|accept| accept.contains(JWT));
        if !wants_jwt {
            let outcome = ("OK", codes::STANDARD_INTROSPECTION, "The token was introspected.");
            return answer(outcome, content.to_string());
        }
        let Some(audience) = request.rs_uri.as_deref().filter(|uri| !uri.is_empty()) else {
            return refuse(codes::STANDARD_WITHOUT_RS_URI, "A signed response needs 'rsUri'.");
        };
        let claims = json!({
            "iss": service.issuer(),
            "aud": audience,
            "iat": world.moment.now.div_euclid(1000),
            "token_introspection": content,
        });
        match signed(&request, claims.as_object(), service) {
            Some(jwt) => answer(("JWT", codes::STANDARD_INTROSPECTION, "The token was introspected."), jwt),
            None => refuse(codes::STANDARD_ALGORITHM, "No key signs with this algorithm."),
        }
    }))
}

fn signed(
    request: &IntrospectionCall,
    claims: Option<&Map<String, Value>>,
    service: Settings<'_>,
) -> Option<String> {
    let algorithm = Algorithm::parse(request.introspection_sign_alg.as_deref().unwrap_or("RS256"))?;
    let keys = service.keys();
    let shared = request.shared_key_for_sign.as_deref().map(Jwk::secret);
    let key = if algorithm.is_symmetric() { shared.as_ref()? } else { keys.signing(algorithm, None)? };
    sign(Some(JWT), claims?, key, algorithm, &SystemRandom::new())
}

fn described(world: &World, service_id: &str, token: &str, hidden: bool) -> Value {
    let service = Settings(&world.config.switches(service_id).service);
    let hash = jwt_access_token::hash(token, service);
    let (store, now) = (&world.state.store, world.moment.now);
    let (access, refresh) = (store.find(service_id, &hash), store.find_by_refresh(service_id, &hash));
    let found = access.or(refresh).and_then(|slot| store.get(slot));
    let expiry = |token: &StoredToken| {
        if access.is_some() { token.access_token_expires_at } else { token.refresh_token_expires_at }
    };
    let Some(found) = found.filter(|found| !has_expired(expiry(found), now)) else {
        return json!({"active": false});
    };
    let extra = found.extra();
    let is_bound = extra.dpop_key_thumbprint.is_some();
    let mut content = Map::new();
    // What the application added comes first, so that it replaces nothing.
    for property in extra.properties.iter().filter(|property| hidden || property.hidden != Some(true)) {
        content.extend(property.key.clone().map(|key| (key, json!(property.value))));
    }
    let seconds = |ms: Option<i64>| ms.map(|ms| ms.div_euclid(1000));
    let client = found.client_id.map(|id| id.to_string());
    for (name, value) in [
        ("active", json!(true)),
        ("client_id", json!(client.as_deref().or(found.client_identifier.as_deref()))),
        ("sub", json!(found.subject)),
        ("scope", json!((!found.scopes.is_empty()).then(|| found.scopes.join(" ")))),
        ("token_type", json!(access.map(|_| if is_bound { "DPoP" } else { "Bearer" }))),
        ("exp", json!(seconds(expiry(found)))),
        ("iat", json!(seconds(Some(found.created_at)))),
        ("iss", json!(service.issuer())),
        ("aud", json!((!extra.resources.is_empty()).then_some(&extra.resources))),
        ("acr", json!(extra.acr)),
        ("auth_time", json!(extra.auth_time)),
        ("cnf", confirmation(extra.certificate_thumbprint.as_deref(), extra.dpop_key_thumbprint.as_deref())),
        ("authorization_details", extra.authorization_details.as_ref().map_or(Value::Null, elements)),
    ] {
        if !value.is_null() {
            content.insert(name.to_owned(), value);
        }
    }
    Value::Object(content)
}

/// `authorization_details` as RFC 9396 has it: the array alone.
fn elements(details: &Value) -> Value {
    details.get("elements").cloned().unwrap_or_default()
}
