//! The grant management endpoint (Grant Management for OAuth 2.0).
//!
//! | | |
//! |---|---|
//! | specification | Grant Management for OAuth 2.0 |
//! | request | GET or DELETE, the ID of the grant last in the path, an access token |
//! | response | 200 with JSON, 204, or 401, 403, 404, 500 with a challenge |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, grant_management};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     grant_management::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use super::incoming::Incoming;
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{GMRequest, GMResponse, GMResponseAction, GrantManagementAction};

const METHODS: (&[Method], &str) = (&[Method::GET, Method::DELETE], "DELETE, GET");

/// From the HTTP request to the request model: a GET is a query, a DELETE a revocation, the last segment of the path is the ID
/// of the grant; the access token as a protected resource takes it.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<GMRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(METHODS)?;
    let bearer = incoming.bearer(options)?;
    let is_query = *incoming.method == Method::GET;
    let mut model = GMRequest::new();
    model.access_token = Some(bearer.token);
    model.client_certificate = bearer.certificate;
    model.gm_action =
        Some(if is_query { GrantManagementAction::Query } else { GrantManagementAction::Revoke });
    model.grant_id = Some(incoming.last_segment().ok_or(Refusal::MalformedParameters)?);
    Ok(with_proof!(model, bearer.proof, incoming, options))
}

handle! { grant_management_process_request -> Response<Bytes> }

/// From the answer of [`grant_management_process_request`](crate::funcs::grant_management_process_request) to the response
/// (Grant Management for OAuth 2.0): 200 with JSON, 204, or a refusal with Authlete's challenge in `WWW-Authenticate`.
///
/// **Authlete does not check whose grant it is**: compare its owner with the user of the token before the call.
#[must_use]
pub fn respond(mut answer: GMResponse, options: &EndpointOptions) -> Response<Bytes> {
    let nonces = Nonces::of(answer.dpop_nonce.take(), None);
    let reply = reply!(answer.action, GMResponseAction {
        Ok => Reply::json(StatusCode::OK),
        NoContent => Reply::empty(StatusCode::NO_CONTENT),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        NotFound => Reply::challenge(StatusCode::NOT_FOUND),
        CallerError | AuthleteError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), Some(code!("grant_m_api", answer)), options, nonces)
}
