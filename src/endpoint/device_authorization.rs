//! The device authorization endpoint (RFC 8628 section 3.1).
//!
//! | | |
//! |---|---|
//! | RFC | 8628 section 3.1 |
//! | request | a POST of a form; `Authorization` with `Basic`, client attestation, certificate |
//! | response | 200 with the codes, or 400, 401, 500 with JSON |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, device_authorization};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     device_authorization::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{Incoming, POST};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{
    DeviceAuthorizationRequest, DeviceAuthorizationResponse, DeviceAuthorizationResponseAction,
};

/// From the HTTP request to the request model: the raw parameters, and what the client authenticates itself with.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<DeviceAuthorizationRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(POST)?;
    let model = DeviceAuthorizationRequest::new(incoming.parameters(options)?);
    Ok(with_client!(model, incoming.client(options)?))
}

handle! { device_flow_authorization -> Response<Bytes> }

/// From the answer of [`device_flow_authorization`](crate::funcs::device_flow_authorization) to the response: 200, 400, 401
/// or 500 with JSON.
#[must_use]
pub fn respond(mut answer: DeviceAuthorizationResponse, options: &EndpointOptions) -> Response<Bytes> {
    let nonces = Nonces::of(None, answer.attestation_challenge.take());
    let reply = reply!(answer.action, DeviceAuthorizationResponseAction {
        Ok => Reply::json(StatusCode::OK),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::basic(r#"Basic realm="device/authorization""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("device_authorization_api", answer)),
        options,
        nonces,
    )
}
