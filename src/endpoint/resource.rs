//! A protected resource: the access token of a request (RFC 6750, RFC 9449).
//!
//! | | |
//! |---|---|
//! | RFC | 6750, 9449 section 7, 9728 |
//! | request | any; `Authorization` with `Bearer`, or `DPoP` and one proof |
//! | response | 400, 401, 403, 500 with a challenge |
//! | state | [`Resource`] |
//! | CORS | clients in browsers; expose `DPoP-Nonce`, `WWW-Authenticate` |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, resource};
//!
//! async fn timeline(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     match resource::handle(core, request, &options.with_scopes(["timeline.read"]))
//!         .await
//!     {
//!         resource::Next::Respond(response) => response,
//!         resource::Next::Resource(token) => {
//!             let mut response = Response::new(
//!                 format!("hello, {}", token.subject().unwrap_or("client")).into(),
//!             );
//!             token.nonces.add_to(response.headers_mut());
//!             response
//!         }
//!     }
//! }
//! ```

use http::{Request, StatusCode};

use super::incoming::Incoming;
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{IntrospectionRequest, IntrospectionResponse, IntrospectionResponseAction};

next! {
    /// What comes after [`respond`].
    pub enum Next {
        /// The token is good: serve the request.
        Resource(state: Resource),
    }
}

/// The token is good. Serve the request, and add the [`nonces`](Self::nonces) to the response: a new one may come with a
/// success too (RFC 9449 section 8.2).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resource {
    /// For the resource's own response.
    pub nonces: Nonces,
    /// What is known of the token.
    pub answer: IntrospectionResponse,
}

impl Resource {
    /// The user. `None` for client credentials, which involve none.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.answer.subject.as_deref()
    }

    /// The scopes of the token.
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        self.answer.scopes.as_deref().unwrap_or_default()
    }
}

/// From the HTTP request to the request model: the access token of the `Authorization` header, with the scheme `DPoP` also the
/// only proof and the method and URL that it must name, the client's certificate, and the scopes of
/// [`EndpointOptions::with_scopes`].
///
/// # Errors
/// A [`Refusal`], whose response has a challenge.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<IntrospectionRequest, Refusal> {
    let incoming = Incoming::of(request);
    let bearer = incoming.bearer(options)?;
    let mut model = IntrospectionRequest::new(bearer.token);
    model.client_certificate = bearer.certificate;
    model.scopes = Some(options.scopes.to_vec()).filter(|scopes| !scopes.is_empty());
    Ok(with_proof!(model, bearer.proof, incoming, options))
}

handle! { introspection_process -> Next }

/// From the answer of [`introspection_process`](crate::funcs::introspection_process) to what comes next at a protected
/// resource.
///
/// A refusal is 400, 401, 403 or 500 with Authlete's challenge in `WWW-Authenticate` and no body (RFC 6750 section 3). The
/// resource's metadata and the algorithms of DPoP are added to it.
pub fn respond(mut answer: IntrospectionResponse, options: &EndpointOptions) -> Next {
    let nonces = Nonces::of(answer.dpop_nonce.take(), None);
    let reply = reply!(answer.action, IntrospectionResponseAction {
        InternalServerError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::challenge(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        Ok => return Next::Resource(Resource { nonces, answer }),
    });
    let code = code!("auth_introspection_api", answer);
    Next::Respond(reply.send(answer.response_content.take(), Some(code), options, nonces))
}
