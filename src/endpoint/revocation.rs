//! The revocation endpoint (RFC 7009).
//!
//! | | |
//! |---|---|
//! | RFC | 7009 |
//! | request | a POST of a form; `Authorization` with `Basic`, client attestation, certificate |
//! | response | 200, or 400, 401, 500 with JSON |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, revocation};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     revocation::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::headers::is_blank;
use super::incoming::{Incoming, POST};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{RevocationRequest, RevocationResponse, RevocationResponseAction};

/// From the HTTP request to the request model: the raw parameters, and what the client authenticates itself with.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<RevocationRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(POST)?;
    let model = RevocationRequest::new(incoming.parameters(options)?);
    Ok(with_client!(model, incoming.client(options)?))
}

handle! { revocation_process -> Response<Bytes> }

/// From the answer of [`revocation_process`](crate::funcs::revocation_process) to the response (RFC 7009): 200 without a
/// body, or with JavaScript if the request had a `callback`; 400, 401 or 500 with JSON.
#[must_use]
pub fn respond(mut answer: RevocationResponse, options: &EndpointOptions) -> Response<Bytes> {
    let nonces = Nonces::of(None, answer.attestation_challenge.take());
    let reply = reply!(answer.action, RevocationResponseAction {
        InvalidClient => Reply::basic(r#"Basic realm="revocation""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Ok => match &answer.response_content {
            Some(content) if !is_blank(content) => {
                Reply::body(StatusCode::OK, "application/javascript;charset=UTF-8")
            }
            _ => Reply::empty(StatusCode::OK),
        },
    });
    reply.send(answer.response_content.take(), Some(code!("auth_revocation_api", answer)), options, nonces)
}
