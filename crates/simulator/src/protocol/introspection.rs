//! What an introspection finds out about a token.

use serde::Deserialize;

use super::codes::{self, Code};
use super::proof::{certificate_thumbprint, dpop_thumbprint};
use crate::state::StoredToken;

/// What an introspection asks, as far as the simulator looks at it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Question {
    pub(crate) token: Option<String>,
    scopes: Option<Vec<String>>,
    subject: Option<String>,
    client_certificate: Option<String>,
    dpop: Option<String>,
}

/// A verdict: the action, the code, what happened, and the error for `WWW-Authenticate`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub(crate) action: &'static str,
    pub(crate) code: Code,
    pub(crate) text: &'static str,
    pub(crate) error: &'static str,
}

const fn verdict(action: &'static str, code: Code, text: &'static str, error: &'static str) -> Verdict {
    Verdict { action, code, text, error }
}

const fn unauthorized(code: Code, text: &'static str) -> Verdict {
    verdict("UNAUTHORIZED", code, text, "invalid_token")
}

pub(crate) const NO_TOKEN: Verdict =
    verdict("BAD_REQUEST", codes::INTROSPECT_NO_TOKEN, "The token is missing.", "invalid_token");
pub(crate) const UNKNOWN: Verdict =
    unauthorized(codes::INTROSPECT_UNKNOWN, "The access token does not exist.");
pub(crate) const EXPIRED: Verdict = unauthorized(codes::INTROSPECT_EXPIRED, "The access token has expired.");
const VALID: Verdict = verdict("OK", codes::TOKEN_VALID, "The access token is valid.", "invalid_request");

/// Whether a token is no longer good at `now`, given when it expires.
pub(crate) fn has_expired(expires_at: Option<i64>, now: i64) -> bool {
    expires_at.is_some_and(|expires_at| expires_at <= now)
}

/// Judges a token that exists and has not expired.
pub(crate) fn judge(token: &StoredToken, question: &Question) -> Verdict {
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
