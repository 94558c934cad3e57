//! What an introspection finds out about a token.

use serde::Deserialize;

use super::codes::{self, Code};
use super::dpop::ProofFault;
use super::proof::{Lack, Possession};
use super::settings::Settings;
use crate::state::{Opaque, StoredToken};

/// What an introspection asks, as far as the simulator looks at it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Question {
    pub(crate) token: Option<String>,
    scopes: Option<Vec<String>>,
    subject: Option<String>,
    acr_values: Option<Vec<String>>,
    max_age: Option<i64>,
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
pub(crate) fn judge(
    token: &StoredToken,
    question: &Question,
    shown: &Possession,
    service: Settings<'_>,
    opaque: &Opaque,
    now: i64,
) -> Verdict {
    let access_token = question.token.as_deref().unwrap_or_default();
    if let Err(lack) = shown.check(token, access_token, service, opaque, now) {
        return lacking(lack);
    }
    if !sufficient(token, question) {
        let text = "The access token does not cover the required scopes.";
        return verdict("FORBIDDEN", codes::INTROSPECT_SCOPES, text, "insufficient_scope");
    }
    if question.subject.is_some() && question.subject.as_deref() != token.subject.as_deref() {
        let text = "The access token belongs to another subject.";
        return verdict("FORBIDDEN", codes::INTROSPECT_SUBJECT, text, "invalid_request");
    }
    authentication(token, question, now)
}

const fn lacking(lack: Lack) -> Verdict {
    match lack {
        Lack::NoCertificate => unauthorized(codes::CERTIFICATE_MISSING, "A client certificate is required."),
        Lack::OtherCertificate => {
            unauthorized(codes::CERTIFICATE_MISMATCH, "The client certificate does not match.")
        }
        Lack::NoProof => unauthorized(codes::DPOP_MISSING, "A DPoP proof is required."),
        Lack::Proof(fault) => {
            let code = match fault {
                ProofFault::OtherKey => codes::DPOP_MISMATCH,
                ProofFault::Nonce => codes::DPOP_NONCE,
                _ => codes::DPOP_PROOF,
            };
            verdict("UNAUTHORIZED", code, fault.text(), fault.error())
        }
    }
}

/// Whether the user's authentication is as strong and as recent as asked (RFC 9470).
fn authentication(token: &StoredToken, question: &Question, now: i64) -> Verdict {
    let extra = token.extra();
    let error = "insufficient_user_authentication";
    let acrs = question.acr_values.as_deref().unwrap_or_default();
    if !acrs.is_empty() && !acrs.iter().any(|acr| extra.acr.as_ref() == Some(acr)) {
        let text = "The user's authentication is not of the required class.";
        return verdict("UNAUTHORIZED", codes::INTROSPECT_ACR, text, error);
    }
    let max_age = question.max_age.filter(|max_age| *max_age > 0);
    let is_recent = |max_age: i64| {
        extra.auth_time.is_some_and(|auth_time| auth_time.saturating_add(max_age) >= now.div_euclid(1000))
    };
    if max_age.is_some_and(|max_age| !is_recent(max_age)) {
        let text = "The user's authentication is too long ago.";
        return verdict("UNAUTHORIZED", codes::INTROSPECT_MAX_AGE, text, error);
    }
    VALID
}

fn sufficient(token: &StoredToken, question: &Question) -> bool {
    let required = question.scopes.iter().flatten();
    required.into_iter().all(|scope| token.scopes.iter().any(|own| own.as_ref() == scope))
}
