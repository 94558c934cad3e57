//! The server's JWK Set (RFC 7517 section 5), at its `jwks_uri`.
//!
//! | | |
//! |---|---|
//! | RFC | 7517 |
//! | request | GET |
//! | response | 200 with JSON, cacheable if the options say so; 204; a redirect |
//! | CORS | any origin |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, jwks};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     jwks::handle(core, request, options).await
//! }
//! ```

use std::fmt::Write;

use bytes::Bytes;
use http::header::LOCATION;
use http::{Request, Response, StatusCode};

use super::document::document;
use super::incoming::{GET, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::refuse::failure;
use super::reply::Reply;
use crate::AuthleteCore;
use crate::error::AuthleteError;
use crate::funcs::jwk_set_endpoint_service_jwks_get_api;
use crate::json::members;
use crate::models::operations::ServiceJwksGetApiRequest;
use crate::models::{RawJson, ServiceJwksGetResponse};

/// From the HTTP request to the request object, which asks for no private keys.
///
/// # Errors
/// A [`Refusal`] of any method but GET and HEAD.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<ServiceJwksGetApiRequest, Refusal> {
    Incoming::of(request).with_method(GET)?;
    Ok(ServiceJwksGetApiRequest::new())
}

/// Handles a request: [`request`], [`jwk_set_endpoint_service_jwks_get_api`], [`respond`].
pub async fn handle<B: AsRef<[u8]>>(
    core: &AuthleteCore,
    request: &Request<B>,
    options: &EndpointOptions,
) -> Response<Bytes> {
    match self::request(request, options) {
        Ok(model) => {
            let result = jwk_set_endpoint_service_jwks_get_api(core, &model, None).await;
            respond(result.map(|answer| answer.value), options)
        }
        Err(refusal) => refusal.respond(options),
    }
}

/// From what [`jwk_set_endpoint_service_jwks_get_api`] returns to the response: 200 with the JWK Set, 204 if the service has
/// none, or a redirect if its keys are elsewhere, which that function returns as an error. Any other error becomes
/// [`failure`].
///
/// Private members (RFC 7518 section 6) never go out, nor do symmetric keys, even if the call has asked for them.
/// [`max_age`](super::EndpointOptionsBuilder::max_age) lets a JWK Set be stored.
#[must_use]
pub fn respond(
    result: Result<ServiceJwksGetResponse, AuthleteError>,
    options: &EndpointOptions,
) -> Response<Bytes> {
    match result {
        Ok(answer) => match answer.keys {
            Some(keys) => document(set_of(&keys), options),
            None => Reply::empty(StatusCode::NO_CONTENT).send((), None, options, Nonces::default()),
        },
        Err(error) => elsewhere(&error, options).unwrap_or_else(|| failure(error)),
    }
}

/// The text of a JWK Set, in one buffer, with the public keys as they came.
fn set_of(keys: &[RawJson]) -> String {
    const START: &str = r#"{"keys":["#;
    const END: &str = "]}";

    let length: usize = keys.iter().map(|key| key.as_str().len() + 1).sum();
    let mut text = String::with_capacity(START.len() + length + END.len());
    text.push_str(START);
    for key in keys {
        let start = text.len();
        if start > START.len() {
            text.push(',');
        }
        if push_public(&mut text, key.as_str()).is_none() {
            text.truncate(start);
        }
    }
    text.push_str(END);
    text
}

/// Appends the public part of a key. `None` if it has none.
fn push_public(text: &mut String, key: &str) -> Option<()> {
    const PRIVATE: [&str; 9] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

    let members = members(key)?;
    if members.iter().any(|member| member.name == "k" || member.name == "kty" && is_text(member.value, "oct"))
    {
        return None;
    }
    if !members.iter().any(|member| PRIVATE.contains(&&*member.name)) {
        text.push_str(key);
        return Some(());
    }
    let public = members.iter().filter(|member| !PRIVATE.contains(&&*member.name));
    for (index, member) in public.enumerate() {
        write!(text, "{}{}", if index == 0 { '{' } else { ',' }, member.text).ok()?;
    }
    text.push('}');
    Some(())
}

/// Whether a JSON string has this text, however it is written.
fn is_text(json: &str, text: &str) -> bool {
    members(&format!("{{{json}:0}}")).is_some_and(|members| members.iter().any(|member| member.name == text))
}

/// The redirect to where the keys are.
fn elsewhere(error: &AuthleteError, options: &EndpointOptions) -> Option<Response<Bytes>> {
    let head = error.http().filter(|head| head.status.is_redirection())?;
    let location = head.headers.get(LOCATION)?.to_str().ok()?.to_owned();
    let response = Reply::LOCATION.send(Some(location), None, options, Nonces::default());
    response.headers().contains_key(LOCATION).then_some(response)
}
