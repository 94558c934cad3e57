//! Introspection.

use bytes::Bytes;
use hyper::StatusCode;
use hyper::http::request::Parts;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Object, Route, extended, parsed};
use crate::codes::{self, Code};
use crate::digest::{certificate_thumbprint, dpop_thumbprint, sha256};
use crate::ledger::Deletion;
use crate::server::Shared;
use crate::token::StoredToken;

/// What an introspection asks, as far as the simulator looks at it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    token: Option<String>,
    scopes: Option<Vec<String>>,
    subject: Option<String>,
    client_certificate: Option<String>,
    dpop: Option<String>,
}

/// A verdict: the action, the code, what happened, and the error for `WWW-Authenticate`.
struct Verdict {
    action: &'static str,
    code: Code,
    text: &'static str,
    error: &'static str,
}

const fn verdict(action: &'static str, code: Code, text: &'static str, error: &'static str) -> Verdict {
    Verdict { action, code, text, error }
}

const VALID: Verdict = verdict("OK", codes::TOKEN_VALID, "The access token is valid.", "invalid_request");

const fn unauthorized(code: Code, text: &'static str) -> Verdict {
    verdict("UNAUTHORIZED", code, text, "invalid_token")
}

/// Judges an access token. An expired one is reported once and then gone.
pub(super) fn introspect(
    route: &Route,
    head: &Parts,
    body: &Bytes,
    shared: &Shared,
) -> Result<Answer, Answer> {
    let question = parsed::<Object<Question>>(head, body)?.0;
    let Some(token) = question.token.as_deref().filter(|token| !token.is_empty()) else {
        let missing =
            verdict("BAD_REQUEST", codes::INTROSPECT_NO_TOKEN, "The token is missing.", "invalid_token");
        return Ok(report(&missing, None, false));
    };
    let hash = sha256(token);
    Ok(shared.with_state(|state| {
        let slot = state.store.find(&route.service_id, &hash);
        let Some((slot, token)) = slot.and_then(|slot| Some((slot, state.store.get(slot)?))) else {
            let text = "The access token does not exist.";
            return report(&unauthorized(codes::INTROSPECT_UNKNOWN, text), None, false);
        };
        let expired = |at: Option<i64>| at.is_some_and(|at| at <= state.now);
        let refreshable = token.refresh_token.is_some() && !expired(token.refresh_token_expires_at);
        if expired(token.access_token_expires_at) {
            let text = "The access token has expired.";
            let answer =
                report(&unauthorized(codes::INTROSPECT_EXPIRED, text), Some((token, false)), refreshable);
            state.store.delete(slot, Deletion::Expired, state.now);
            return answer;
        }
        let verdict = judge(token, &question);
        report(&verdict, Some((token, true)), refreshable)
    }))
}

/// Judges a token that exists and has not expired.
fn judge(token: &StoredToken, question: &Question) -> Verdict {
    let extra = token.extra();
    if let Some(bound) = &extra.certificate_thumbprint {
        match question.client_certificate.as_deref() {
            None => {
                return unauthorized(codes::CERTIFICATE_MISSING, "A client certificate is required.");
            }
            Some(pem) if certificate_thumbprint(pem).as_ref() != Some(bound) => {
                return unauthorized(codes::CERTIFICATE_MISMATCH, "The client certificate does not match.");
            }
            Some(_) => {}
        }
    }
    if let Some(bound) = &extra.dpop_key_thumbprint {
        match question.dpop.as_deref() {
            None => return unauthorized(codes::DPOP_MISSING, "A DPoP proof is required."),
            Some(proof) if dpop_thumbprint(proof).as_ref() != Some(bound) => {
                return unauthorized(codes::DPOP_MISMATCH, "The key of the DPoP proof does not match.");
            }
            Some(_) => {}
        }
    }
    if !sufficient(token, question) {
        let text = "The access token does not cover the required scopes.";
        return verdict("FORBIDDEN", codes::INTROSPECT_SCOPES, text, "insufficient_scope");
    }
    if question.subject.is_some() && question.subject.as_deref() != token.subject.as_deref() {
        let text = "The access token belongs to another subject.";
        return verdict("FORBIDDEN", codes::INTROSPECT_SUBJECT, text, "invalid_request");
    }
    VALID
}

fn sufficient(token: &StoredToken, question: &Question) -> bool {
    let required = question.scopes.iter().flatten();
    required.into_iter().all(|scope| token.scopes.iter().any(|own| own.as_ref() == scope))
}

/// The answer; `token` comes with whether it is usable.
fn report(verdict: &Verdict, token: Option<(&StoredToken, bool)>, refreshable: bool) -> Answer {
    let answer = match token {
        Some((token, usable)) => described(token, usable),
        None => json!({"existent": false, "usable": false}),
    };
    // Bracketed like the others, but introspection messages name no path.
    let members = [
        ("resultCode", verdict.code.into()),
        ("resultMessage", format!("[{}] {}", verdict.code, verdict.text).into()),
        ("action", verdict.action.into()),
        ("responseContent", format!("Bearer error=\"{}\"", verdict.error).into()),
        ("sufficient", (token.is_some() && verdict.code != codes::INTROSPECT_SCOPES).into()),
        ("refreshable", refreshable.into()),
    ];
    Answer::json(StatusCode::OK, &extended(answer, members))
}

fn described(token: &StoredToken, usable: bool) -> Value {
    let extra = token.extra();
    json!({
        "existent": true,
        "usable": usable,
        "clientId": token.client_id,
        "clientIdAlias": token.client_identifier.as_deref(),
        "clientIdAliasUsed": extra.client_id_alias_used,
        "clientEntityIdUsed": extra.client_entity_id_used,
        "metadataDocumentUsed": extra.metadata_document_used,
        "expiresAt": token.access_token_expires_at.unwrap_or(0),
        "subject": token.subject,
        "scopes": token.scopes.as_ref(),
        "properties": extra.properties,
        "certificateThumbprint": extra.certificate_thumbprint,
        "resources": extra.resources,
        "accessTokenResources": extra.resources,
        "authorizationDetails": extra.authorization_details,
        "forExternalAttachment": extra.for_external_attachment,
        "grantType": token.grant_type.as_str(),
        "acr": extra.acr,
        "authTime": extra.auth_time.unwrap_or(0),
        "serviceAttributes": null,
        "clientAttributes": null,
        "scopeDetails": null,
        "grantId": null,
        "grant": null,
        "consentedClaims": null,
        "forCredentialIssuance": false,
        "cnonce": null,
        "cnonceExpiresAt": 0,
        "issuableCredentials": null,
    })
}
