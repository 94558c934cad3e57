//! The federation registration endpoint (OpenID Federation 1.0 section 12.2).
//!
//! | | |
//! |---|---|
//! | request | POST of an entity statement or a trust chain |
//! | response | 200 with an entity statement, or 400, 404, 500 with JSON |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, federation_registration};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     federation_registration::handle(core, request, options).await
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
    FederationRegistrationRequest, FederationRegistrationResponse, FederationRegistrationResponseAction,
};

const ENTITY_STATEMENT: &str = "application/entity-statement+jwt";
const TRUST_CHAIN: &str = "application/trust-chain+json";

/// From the HTTP request to the request model: an entity configuration or a trust chain, as the `Content-Type` says.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<FederationRegistrationRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(POST)?;
    let content = incoming.content(&[ENTITY_STATEMENT, TRUST_CHAIN], options)?;
    let model = FederationRegistrationRequest::new();
    let is_chain = incoming.media_type().is_some_and(|is| is.eq_ignore_ascii_case(TRUST_CHAIN));
    Ok(if is_chain { model.trust_chain(content) } else { model.entity_configuration(content) })
}

handle! { federation_registration -> Response<Bytes> }

/// From the answer of [`federation_registration`](crate::funcs::federation_registration) to the response (OpenID Federation
/// 1.0 section 12.2): 200 with an entity statement, 400, 404 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: FederationRegistrationResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, FederationRegistrationResponseAction {
        Ok => Reply::body(StatusCode::OK, ENTITY_STATEMENT),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("federation_registration_api", answer)),
        options,
        Nonces::default(),
    )
}
