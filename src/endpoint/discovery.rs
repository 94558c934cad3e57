//! The server's metadata: `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0 section 4) and
//! `/.well-known/oauth-authorization-server` (RFC 8414 section 3).
//!
//! | | |
//! |---|---|
//! | specification | OpenID Connect Discovery 1.0 section 4, RFC 8414 |
//! | request | GET |
//! | response | 200 with JSON, cacheable if the options say so |
//! | CORS | any origin |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, discovery};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     discovery::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response};

use super::document::document;
use super::incoming::{GET, Incoming};
use super::options::EndpointOptions;
use super::refusal::Refusal;
use crate::models::RawJson;
use crate::models::operations::ServiceConfigurationApiRequest;

/// From the HTTP request to the request object, which tells nothing of it.
///
/// # Errors
/// A [`Refusal`] of any method but GET and HEAD.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<ServiceConfigurationApiRequest, Refusal> {
    Incoming::of(request).with_method(GET)?;
    Ok(ServiceConfigurationApiRequest::new())
}

handle! { service_get_configuration -> Response<Bytes> }

/// From the answer of [`service_get_configuration`](crate::funcs::service_get_configuration) to the response: 200 with the
/// document.
///
/// [`max_age`](super::EndpointOptionsBuilder::max_age) lets it be stored.
#[must_use]
pub fn respond(answer: RawJson, options: &EndpointOptions) -> Response<Bytes> {
    document(String::from(answer), options)
}
