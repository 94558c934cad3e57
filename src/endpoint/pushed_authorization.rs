//! The pushed authorization request endpoint (RFC 9126).
//!
//! | | |
//! |---|---|
//! | RFC | 9126 |
//! | request | a POST of a form; `Authorization` with `Basic`, client attestation, certificate, one DPoP proof |
//! | response | 201 with JSON, or 400, 401, 403, 413, 500 |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, pushed_authorization};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     pushed_authorization::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::demands::with_login_for_max_age_0;
use super::incoming::{Incoming, POST};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{
    PushedAuthorizationRequest, PushedAuthorizationResponse, PushedAuthorizationResponseAction,
};

/// From the HTTP request to the request model: the raw parameters, in which `max_age=0` is `prompt=login`
/// ([`with_login_for_max_age_0`]), what the client authenticates itself with, and its only DPoP proof.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<PushedAuthorizationRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(POST)?;
    let parameters = with_login_for_max_age_0(incoming.parameters(options)?);
    let model = PushedAuthorizationRequest::new(&*parameters);
    let model = with_client!(model, incoming.client(options)?);
    Ok(with_proof!(model, incoming.proof()?, incoming, options))
}

handle! { pushed_authorization_create -> Response<Bytes> }

/// From the answer of [`pushed_authorization_create`](crate::funcs::pushed_authorization_create) to the response (RFC 9126):
/// 201, 400, 401, 403, 413 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: PushedAuthorizationResponse, options: &EndpointOptions) -> Response<Bytes> {
    let nonces = Nonces::of(answer.dpop_nonce.take(), answer.attestation_challenge.take());
    let reply = reply!(answer.action, PushedAuthorizationResponseAction {
        Created => Reply::json(StatusCode::CREATED),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::basic(r#"Basic realm="par""#),
        Forbidden => Reply::json(StatusCode::FORBIDDEN),
        PayloadTooLarge => Reply::json(StatusCode::PAYLOAD_TOO_LARGE),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), Some(code!("pushed_auth_req_api", answer)), options, nonces)
}
