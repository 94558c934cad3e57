//! The UserInfo endpoint (OpenID Connect Core 1.0, section 5.3).

use ring::rand::SystemRandom;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::engine::World;
use super::introspection::challenge;
use crate::config::Client;
use crate::json::Object;
use crate::protocol::claims;
use crate::protocol::codes::{self, Code};
use crate::protocol::dpop::ProofFault;
use crate::protocol::introspection::has_expired;
use crate::protocol::jose::{Algorithm, Jwk, sign};
use crate::protocol::jwt_access_token;
use crate::protocol::problem::OAuthError;
use crate::protocol::proof::{Lack, Possession};
use crate::protocol::settings::Settings;
use crate::state::StoredToken;

#[derive(Deserialize)]
struct UserInfoCall {
    token: Option<String>,
}

/// Tells whose claims an access token is for.
pub(super) fn process(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(UserInfoCall { token }) = call.json_or_form()?;
    let Object(shown) = call.json_or_form::<Object<Possession>>()?;
    Ok(call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let (nulls, service) = (switches.nulls, Settings(&switches.service));
        let now = world.moment.now;
        let nonce = shown.nonce(service, &world.state.opaque, now);
        let found = find(world, &call.service_id, token.as_deref());
        let access_token = token.as_deref().unwrap_or_default();
        let judged = found.and_then(|token| {
            let lack = shown.check(token, access_token, service, &world.state.opaque, now);
            lack.map_err(|lack| ("UNAUTHORIZED", lacking(lack), Some(token))).map(|()| token)
        });
        match judged {
            Ok(token) => {
                let extra = token.extra();
                let outcome = ("OK", codes::USERINFO_VALID, "The access token is valid.");
                let object = json!({
                    "clientId": token.client_id,
                    "clientIdAlias": token.client_identifier.as_deref(),
                    "clientIdAliasUsed": extra.client_id_alias_used,
                    "clientEntityIdUsed": extra.client_entity_id_used,
                    "metadataDocumentUsed": extra.metadata_document_used,
                    "subject": token.subject,
                    "scopes": token.scopes.as_ref(),
                    "claims": claims(token),
                    "token": access_token,
                    "properties": extra.properties,
                    "responseContent": challenge(extra.dpop_key_thumbprint.is_some(), "invalid_request"),
                    "dpopNonce": nonce,
                });
                Answer::outcome(nulls, outcome, call.label, object)
            }
            Err(refused) => refusal(nulls, refused, call.label, nonce),
        }
    }))
}

#[derive(Deserialize)]
struct UserInfoIssueCall {
    token: Option<String>,
    claims: Option<String>,
    sub: Option<String>,
}

/// Makes the response of the endpoint out of the user's claims.
pub(super) fn issue(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(UserInfoIssueCall { token, claims, sub }) = call.json_or_form()?;
    Ok(call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let nulls = switches.nulls;
        let found = find(world, &call.service_id, token.as_deref());
        let issued = found.and_then(|token| {
            let mut content =
                claims_of_the_user(claims.as_deref()).ok_or(("BAD_REQUEST", CLAIMS, Some(token)))?;
            let subject = sub.as_deref().filter(|sub| !sub.is_empty()).or(token.subject.as_deref());
            content.insert("sub".to_owned(), json!(subject));
            let client = switches.clients.iter().flatten().find(|own| Some(own.client_id) == token.client_id);
            let algorithm = client.and_then(|client| Settings(&client.members).text("userInfoSignAlg"));
            let (Some(client), Some(algorithm)) = (client, algorithm.filter(|name| *name != "NONE")) else {
                return Ok(("JSON", Value::Object(content).to_string()));
            };
            let jwt = signed(content, algorithm, client, Settings(&switches.service));
            Ok(("JWT", jwt.ok_or(("INTERNAL_SERVER_ERROR", NO_KEY, Some(token)))?))
        });
        match issued {
            Ok((action, content)) => {
                let outcome = (action, codes::USERINFO_ISSUED, "The claims are in the content.");
                let content = json!({"responseContent": content});
                Answer::outcome(nulls, outcome, call.label, content)
            }
            Err(refused) => refusal(nulls, refused, call.label, None),
        }
    }))
}

/// The claims as a signed JWT (OpenID Connect Core 1.0, section 5.3.2).
fn signed(
    mut claims: Map<String, Value>,
    algorithm: &str,
    client: &Client,
    service: Settings<'_>,
) -> Option<String> {
    claims.insert("iss".to_owned(), service.issuer().into());
    claims.insert("aud".to_owned(), client.client_id.to_string().into());
    let algorithm = Algorithm::parse(algorithm)?;
    let keys = service.keys();
    let secret = Settings(&client.members).text("clientSecret").map(Jwk::secret);
    let key = if algorithm.is_symmetric() { secret.as_ref()? } else { keys.signing(algorithm, None)? };
    sign(None, &claims, key, algorithm, &SystemRandom::new())
}

/// An action, why, and the token as far as there is one.
type TokenRejection<'a> = (&'static str, OAuthError, Option<&'a StoredToken>);

/// The token, if it is one that lets its bearer read claims.
fn find<'a>(
    world: &'a World,
    service_id: &str,
    token: Option<&str>,
) -> Result<&'a StoredToken, TokenRejection<'a>> {
    let token = token.filter(|token| !token.is_empty()).ok_or(("BAD_REQUEST", NO_TOKEN, None))?;
    let store = &world.state.store;
    let service = Settings(&world.config.switches(service_id).service);
    let found =
        store.find(service_id, &jwt_access_token::hash(token, service)).and_then(|slot| store.get(slot));
    let found = found.ok_or(("UNAUTHORIZED", UNKNOWN, None))?;
    if has_expired(found.access_token_expires_at, world.moment.now) {
        return Err(("UNAUTHORIZED", EXPIRED, Some(found)));
    }
    if !found.scopes.iter().any(|scope| scope.as_ref() == "openid") {
        return Err(("FORBIDDEN", NO_OPENID, Some(found)));
    }
    if found.subject.is_none() {
        return Err(("FORBIDDEN", NO_SUBJECT, Some(found)));
    }
    Ok(found)
}

fn refusal(
    nulls: bool,
    (action, problem, token): TokenRejection<'_>,
    label: &str,
    nonce: Option<String>,
) -> Answer {
    let is_bound = token.is_some_and(|token| token.extra().dpop_key_thumbprint.is_some());
    let content = json!({"responseContent": challenge(is_bound, problem.error), "dpopNonce": nonce});
    Answer::outcome(nulls, (action, problem.code, problem.text), label, content)
}

/// The claims that the scopes and the authorization request ask for; `null` if none do.
fn claims(token: &StoredToken) -> Value {
    let of_scopes = token.scopes.iter().flat_map(|scope| claims::of_scope(scope)).copied();
    let mut asked: Vec<&str> = of_scopes.collect();
    for claim in &token.extra().userinfo_claims {
        if !asked.contains(&claim.as_str()) {
            asked.push(claim);
        }
    }
    if asked.is_empty() { Value::Null } else { json!(asked) }
}

fn claims_of_the_user(claims: Option<&str>) -> Option<Map<String, Value>> {
    match claims.filter(|claims| !claims.is_empty()) {
        None => Some(Map::new()),
        Some(claims) => serde_json::from_str(claims).ok(),
    }
}

const fn lacking(lack: Lack) -> OAuthError {
    match lack {
        Lack::NoCertificate => {
            invalid_token(codes::USERINFO_CERTIFICATE, "A client certificate is required.")
        }
        Lack::OtherCertificate => {
            invalid_token(codes::USERINFO_CERTIFICATE, "The client certificate does not match.")
        }
        Lack::NoProof => invalid_token(codes::USERINFO_NO_PROOF, "A DPoP proof is required."),
        Lack::Proof(fault) => {
            let code = match fault {
                ProofFault::OtherKey => codes::USERINFO_OTHER_KEY,
                _ => codes::USERINFO_PROOF,
            };
            OAuthError::new(code, fault.error(), fault.text())
        }
    }
}

const fn invalid_token(code: Code, text: &'static str) -> OAuthError {
    OAuthError::new(code, "invalid_token", text)
}

const NO_TOKEN: OAuthError = invalid_token(codes::USERINFO_NO_TOKEN, "The token is missing.");
const UNKNOWN: OAuthError = invalid_token(codes::USERINFO_UNKNOWN, "The access token does not exist.");
const EXPIRED: OAuthError = invalid_token(codes::USERINFO_EXPIRED, "The access token has expired.");
const NO_OPENID: OAuthError = OAuthError::new(
    codes::USERINFO_NO_OPENID,
    "insufficient_scope",
    "The access token lacks the scope 'openid'.",
);
const NO_SUBJECT: OAuthError =
    invalid_token(codes::USERINFO_NO_SUBJECT, "The access token belongs to no user.");
const NO_KEY: OAuthError =
    OAuthError::new(codes::USERINFO_NO_KEY, "server_error", "No key signs with the client's algorithm.");
const CLAIMS: OAuthError =
    OAuthError::invalid_request(codes::USERINFO_CLAIMS, "The claims are not a JSON object.");
