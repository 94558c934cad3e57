//! The nonce endpoint (OpenID for Verifiable Credential Issuance 1.0 section 7).
//!
//! | | |
//! |---|---|
//! | request | POST |
//! | response | 200 with a `c_nonce` as JSON, or 404, 500 |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, credential_nonce};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     credential_nonce::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{Incoming, POST};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{VciNonceRequest, VciNonceResponse, VciNonceResponseAction};

/// From the HTTP request to the request model, which tells nothing of it.
///
/// # Errors
/// A [`Refusal`] of any method but POST.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<VciNonceRequest, Refusal> {
    Incoming::of(request).with_method(POST)?;
    Ok(VciNonceRequest::new(false))
}

handle! { verifiable_credentials_nonce -> Response<Bytes> }

/// From the answer of [`verifiable_credentials_nonce`](crate::funcs::verifiable_credentials_nonce()) to the response, which is a fresh `c_nonce`:
/// 200, 404 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: VciNonceResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, VciNonceResponseAction {
        Ok => Reply::json(StatusCode::OK),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    let code = code!("vci_nonce_api", answer);
    reply.send(answer.response_content.take(), Some(code), options, Nonces::default())
}
