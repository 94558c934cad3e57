//! The entity configuration (OpenID Federation 1.0 section 9).
//!
//! | | |
//! |---|---|
//! | request | GET |
//! | response | 200 with an entity statement, or 404, 500 with JSON |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, federation_configuration};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     federation_configuration::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{GET, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::operations::FederationConfigurationApiRequest;
use crate::models::{FederationConfigurationResponse, FederationConfigurationResponseAction};

const ENTITY_STATEMENT: &str = "application/entity-statement+jwt";

/// From the HTTP request to the request object, which tells nothing of it.
///
/// # Errors
/// A [`Refusal`] of any method but GET and HEAD.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<FederationConfigurationApiRequest, Refusal> {
    Incoming::of(request).with_method(GET)?;
    Ok(FederationConfigurationApiRequest::new())
}

handle! { federation_configuration -> Response<Bytes> }

/// From the answer of [`federation_configuration`](crate::funcs::federation_configuration) to the response (OpenID
/// Federation 1.0 section 9): 200 with an entity statement, 404 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: FederationConfigurationResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, FederationConfigurationResponseAction {
        Ok => Reply::body(StatusCode::OK, ENTITY_STATEMENT),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("federation_configuration_api", answer)),
        options,
        Nonces::default(),
    )
}
