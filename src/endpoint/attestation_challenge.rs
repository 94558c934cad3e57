//! The challenge endpoint (OAuth 2.0 Attestation-Based Client Authentication).
//!
//! | | |
//! |---|---|
//! | specification | OAuth 2.0 Attestation-Based Client Authentication |
//! | request | POST |
//! | response | 200 with the challenge as JSON, or 500 |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, attestation_challenge};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     attestation_challenge::handle(core, request, options).await
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
    AttestationChallengeRequest, AttestationChallengeResponse, AttestationChallengeResponseAction,
};

/// From the HTTP request to the request model, which tells nothing of it.
///
/// # Errors
/// A [`Refusal`] of any method but POST.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<AttestationChallengeRequest, Refusal> {
    Incoming::of(request).with_method(POST)?;
    Ok(AttestationChallengeRequest::new())
}

handle! { attestation_challenge -> Response<Bytes> }

/// From the answer of [`attestation_challenge`](crate::funcs::attestation_challenge) to the response (OAuth 2.0
/// Attestation-Based Client Authentication): 200 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: AttestationChallengeResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, AttestationChallengeResponseAction {
        Ok => Reply::json(StatusCode::OK),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("attestation_challenge_api", answer)),
        options,
        Nonces::default(),
    )
}
