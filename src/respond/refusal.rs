//! What is answered without Authlete: failed calls, and requests that it need not see.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use super::headers::{header, set};
use super::how::{Algs, How, Nonces};
use super::reply::{Reply, no_store, server_error};
use crate::error::AuthleteError;

/// From a call that failed to the response: 500 with `server_error` and none of Authlete's words; 503 with `Retry-After` if
/// Authlete answered 429 or 503.
///
/// Log the error before: the client learns nothing of it.
#[must_use]
pub fn failure(error: &AuthleteError) -> Response<Bytes> {
    let mut response = server_error();
    let status = error.http().map(|head| head.status);
    if matches!(status, Some(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)) {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        if let Some(wait) = error.retry_after() {
            // Rounded up: never earlier than asked.
            let seconds = wait.saturating_add(Duration::from_nanos(999_999_999)).as_secs();
            set(response.headers_mut(), RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    response
}

/// Why a request is refused without asking Authlete. [`refusal`] makes the response.
///
/// The functions that look into requests return it: [`access_token`](super::access_token()),
/// [`client_credentials`](super::client_credentials()), [`parameters`](super::parameters()).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// No `Authorization`, or a scheme that is neither `Bearer` nor `DPoP`: 401 with a challenge that names no error, because
    /// nothing was wrong (RFC 6750 section 3.1).
    NoToken,
    /// An access token that cannot be one, or several: 400 with `invalid_request` in the challenge (RFC 6750 section 3.1).
    MalformedToken,
    /// The scheme `DPoP` without a proof, or with several: 401 with `invalid_dpop_proof` in the challenge (RFC 9449 section
    /// 7.1).
    NoProof,
    /// A token that is bound to a key, presented with the scheme `Bearer`: 401 with `invalid_token` in a `DPoP` challenge
    /// (RFC 9449 section 7.2). Authlete detects this itself. Use this refusal
    /// if you cache introspection results.
    BoundToken,
    /// Client credentials that cannot be decoded: 401 with `invalid_client` as JSON (RFC 6749 section 5.2).
    MalformedCredentials,
    /// Parameters that are no text: 400 with `invalid_request` as JSON (RFC 6749 section 5.2).
    MalformedParameters,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoToken => "there is no access token",
            Self::MalformedToken => "the access token is malformed",
            Self::NoProof => "the request does not have exactly one DPoP proof",
            Self::BoundToken => "the access token is bound to a key",
            Self::MalformedCredentials => "the client credentials are malformed",
            Self::MalformedParameters => "the parameters are malformed",
        })
    }
}

impl std::error::Error for Refusal {}

/// From a refusal to the response.
#[must_use]
pub fn refusal(refusal: Refusal, how: &How) -> Response<Bytes> {
    let algs = how.dpop_algs.parameter();
    let refusal = match refusal {
        // To a resource without DPoP its scheme is unknown, like any other.
        Refusal::NoProof if algs.is_none() => Refusal::NoToken,
        other => other,
    };
    let (status, challenge) = match refusal {
        Refusal::NoToken => {
            let mut text = String::new();
            push(&mut text, "Bearer", [how.realm.as_deref(), how.resource_metadata.as_deref()]);
            if let Some(algs) = algs {
                push(&mut text, "DPoP", [how.realm.as_deref(), Some(algs), how.resource_metadata.as_deref()]);
            }
            (StatusCode::UNAUTHORIZED, text)
        }
        Refusal::MalformedToken => {
            (StatusCode::BAD_REQUEST, one("Bearer", r#"error="invalid_request""#, None, how))
        }
        Refusal::NoProof => {
            (StatusCode::UNAUTHORIZED, one("DPoP", r#"error="invalid_dpop_proof""#, None, how))
        }
        Refusal::BoundToken => {
            let scheme = if algs.is_some() { "DPoP" } else { "Bearer" };
            (StatusCode::UNAUTHORIZED, one(scheme, r#"error="invalid_token""#, algs, how))
        }
        Refusal::MalformedCredentials => {
            const REPLY: Reply =
                Reply::fixed_basic(r#"{"error":"invalid_client"}"#, r#"Basic realm="token""#);
            return REPLY.send((), how, Nonces::default());
        }
        Refusal::MalformedParameters => {
            const REPLY: Reply = Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"invalid_request"}"#);
            return REPLY.send((), how, Nonces::default());
        }
    };
    let mut response = no_store(status);
    if let Some(challenge) = header(challenge) {
        set(response.headers_mut(), WWW_AUTHENTICATE, challenge);
    }
    how.nonces.add_to(response.headers_mut());
    response
}

/// A challenge with an error.
fn one(scheme: &str, error: &str, algs: Option<&str>, how: &How) -> String {
    let mut text = String::new();
    push(&mut text, scheme, [how.realm.as_deref(), Some(error), algs, how.resource_metadata.as_deref()]);
    text
}

/// Adds a challenge (RFC 9110 section 11.6.1) to a list of them.
fn push<const N: usize>(text: &mut String, scheme: &str, parameters: [Option<&str>; N]) {
    if !text.is_empty() {
        text.push_str(", ");
    }
    text.push_str(scheme);
    for (index, parameter) in parameters.into_iter().flatten().enumerate() {
        text.push_str(if index == 0 { " " } else { ", " });
        text.push_str(parameter);
    }
}

impl Algs {
    fn parameter(&self) -> Option<&str> {
        match self {
            Self::Es256 => Some(r#"algs="ES256""#),
            Self::Listed(parameter) => Some(parameter),
            Self::None => None,
        }
    }
}
