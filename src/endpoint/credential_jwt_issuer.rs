//! The JWT issuer's metadata of a credential issuer (SD-JWT VC section 5).
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
//! use authlete::endpoint::{EndpointOptions, credential_jwt_issuer};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     credential_jwt_issuer::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{GET, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{VciJwtissuerRequest, VciJwtissuerResponse, VciJwtissuerResponseAction};

/// From the HTTP request to the request model, which tells nothing of it.
///
/// # Errors
/// A [`Refusal`] of any method but GET and HEAD.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<VciJwtissuerRequest, Refusal> {
    Incoming::of(request).with_method(GET)?;
    Ok(VciJwtissuerRequest::new(false))
}

handle! { verifiable_credentials_get_jwt_issuer -> Response<Bytes> }

/// From the answer of [`verifiable_credentials_get_jwt_issuer`](crate::funcs::verifiable_credentials_get_jwt_issuer()) to the response, which is the JWT issuer's metadata:
/// 200, 404 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: VciJwtissuerResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, VciJwtissuerResponseAction {
        Ok => Reply::json(StatusCode::OK),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    let code = code!("vci_jwtissuer_api", answer);
    reply.send(answer.response_content.take(), Some(code), options, Nonces::default())
}
