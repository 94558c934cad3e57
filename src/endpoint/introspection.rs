//! The introspection endpoint (RFC 7662, RFC 9701).
//!
//! | | |
//! |---|---|
//! | RFC | 7662, 9701 |
//! | request | a POST of a form, `Authorization` of a resource server that the options name |
//! | response | 200 with JSON or a JWT, or 400, 401, 500 with JSON |
//!
//! **Authlete does not check who asks**, so [`request`] does: without a resource server in the options, nobody is answered.
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::Secret;
//! use authlete::endpoint::{EndpointOptions, ResourceServer, introspection};
//!
//! fn options(secret: Secret) -> Result<EndpointOptions, authlete::AuthleteError> {
//!     let server =
//!         ResourceServer::new("timeline", secret).uri("https://rs.example.com");
//!     EndpointOptions::builder("https://as.example.com")
//!         .resource_server(server)
//!         .build()
//! }
//!
//! async fn introspect(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     introspection::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use http::header::ACCEPT;

use super::credentials::{are_same, client_credentials};
use super::incoming::{Incoming, POST};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use super::resource_server::ResourceServer;
use crate::models::{
    StandardIntrospectionRequest, StandardIntrospectionResponse, StandardIntrospectionResponseAction,
};

/// From the HTTP request to the request model: the raw parameters, and what a JWT needs (RFC 9701), `Accept` and the URI of the
/// resource server.
///
/// **Authlete does not check who asks.** So this does (RFC 7662 section 2.1): the caller must be one of
/// [`resource_server`](super::EndpointOptionsBuilder::resource_server), with `Basic`, unless the options say that
/// [something before it](super::EndpointOptionsBuilder::callers_are_authenticated) has checked.
///
/// # Errors
/// A [`Refusal`]: [`NoCredentials`](Refusal::NoCredentials) and [`WrongCredentials`](Refusal::WrongCredentials) among them.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<StandardIntrospectionRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(POST)?;
    let uri = match options.settings.are_callers_known {
        true => None,
        false => caller(incoming, options)?.uri.clone(),
    };
    let mut model = StandardIntrospectionRequest::new(incoming.parameters(options)?);
    model.rs_uri = uri;
    let accepted: Vec<&str> =
        incoming.headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    model.http_accept_header = Some(accepted.join(", ")).filter(|accepted| !accepted.is_empty());
    Ok(model)
}

/// Who asks. Every server is compared, so that the time does not tell which there are.
fn caller<'a>(incoming: Incoming<'_>, options: &'a EndpointOptions) -> Result<&'a ResourceServer, Refusal> {
    let presented = client_credentials(incoming.headers)?.ok_or(Refusal::NoCredentials)?;
    let mut caller = None;
    for server in &options.settings.resource_servers {
        if are_same(&presented.id, &server.id) & presented.has_secret(&server.secret) {
            caller = Some(server);
        }
    }
    caller.ok_or(Refusal::WrongCredentials)
}

handle! { introspection_standard_process -> Response<Bytes> }

/// From the answer of [`introspection_standard_process`](crate::funcs::introspection_standard_process) to the response of an
/// introspection endpoint: 200 with JSON (RFC 7662) or a JWT (RFC 9701), 400 or 500 with JSON.
///
/// **Authlete does not check who asks**: authenticate the resource server before the call (RFC 7662 section 2.1).
#[must_use]
pub fn respond(mut answer: StandardIntrospectionResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, StandardIntrospectionResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Ok => Reply::json(StatusCode::OK),
        Jwt => Reply::body(StatusCode::OK, "application/token-introspection+jwt"),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("auth_introspection_standard_api", answer)),
        options,
        Nonces::default(),
    )
}
