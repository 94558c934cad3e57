//! The credential issuer's JWK Set.
//!
//! | | |
//! |---|---|
//! | request | GET |
//! | response | 200 with the JWK Set as JSON, or 404, 500 |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, credential_jwks};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     credential_jwks::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{GET, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{VciJwksRequest, VciJwksResponse, VciJwksResponseAction};

/// From the HTTP request to the request model, which tells nothing of it.
///
/// # Errors
/// A [`Refusal`] of any method but GET and HEAD.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<VciJwksRequest, Refusal> {
    Incoming::of(request).with_method(GET)?;
    Ok(VciJwksRequest::new(false))
}

handle! { verifiable_credentials_get_jwks -> Response<Bytes> }

/// From the answer of [`verifiable_credentials_get_jwks`](crate::funcs::verifiable_credentials_get_jwks()) to the response, which is the credential issuer's JWK Set:
/// 200, 404 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: VciJwksResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, VciJwksResponseAction {
        Ok => Reply::json(StatusCode::OK),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    let code = code!("vci_jwks_api", answer);
    reply.send(answer.response_content.take(), Some(code), options, Nonces::default())
}
