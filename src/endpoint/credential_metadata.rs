//! The credential issuer's metadata (OpenID for Verifiable Credential Issuance 1.0 section 12.2).
//!
//! | | |
//! |---|---|
//! | request | GET |
//! | response | 200 with the metadata as JSON, or 404, 500 |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, credential_metadata};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     credential_metadata::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{GET, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{VciMetadataRequest, VciMetadataResponse, VciMetadataResponseAction};

/// From the HTTP request to the request model, which tells nothing of it.
///
/// # Errors
/// A [`Refusal`] of any method but GET and HEAD.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<VciMetadataRequest, Refusal> {
    Incoming::of(request).with_method(GET)?;
    Ok(VciMetadataRequest::new(false))
}

handle! { verifiable_credentials_get_metadata -> Response<Bytes> }

/// From the answer of [`verifiable_credentials_get_metadata`](crate::funcs::verifiable_credentials_get_metadata()) to the response, which is the credential issuer's metadata:
/// 200, 404 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: VciMetadataResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, VciMetadataResponseAction {
        Ok => Reply::json(StatusCode::OK),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    let code = code!("vci_metadata_api", answer);
    reply.send(answer.response_content.take(), Some(code), options, Nonces::default())
}
