//! Dynamic client registration (RFC 7591) and its management (RFC 7592).
//!
//! | | |
//! |---|---|
//! | RFC | 7591, 7592 |
//! | request | POST, GET, PUT or DELETE; JSON; the registration access token |
//! | response | 201, 200, 204, or 400, 401, 500 with JSON |
//! | CORS | not needed: clients are servers |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, client_registration};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     client_registration::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use super::form;
use super::incoming::Incoming;
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::proof::access_token;
use super::refusal::Refusal;
use super::refuse::failure;
use super::reply::Reply;
use crate::AuthleteCore;
use crate::funcs::{
    dynamic_client_registration_delete, dynamic_client_registration_get,
    dynamic_client_registration_register, dynamic_client_registration_update,
};
use crate::models::{
    ClientRegistrationRequest, ClientRegistrationResponse, ClientRegistrationResponseAction,
};

const METHODS: (&[Method], &str) =
    (&[Method::POST, Method::GET, Method::PUT, Method::DELETE], "DELETE, GET, POST, PUT");

/// From the HTTP request to the request model: the client's metadata, which Authlete reads, and the access token. A request
/// for a client that there is, any but a POST, also needs its ID: the parameter `client_id` of the query, or else the last
/// segment of the path.
///
/// | method | call |
/// |---|---|
/// | POST | [`dynamic_client_registration_register`] |
/// | GET | [`dynamic_client_registration_get`] |
/// | PUT | [`dynamic_client_registration_update`] |
/// | DELETE | [`dynamic_client_registration_delete`] |
///
/// # Errors
/// A [`Refusal`]. A POST needs no access token, since the service may be open.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<ClientRegistrationRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(METHODS)?;
    let mut model = ClientRegistrationRequest::new();
    model.token = match access_token(incoming.headers) {
        Ok(presented) => Some(presented.token.into()),
        Err(Refusal::NoToken) if *incoming.method == Method::POST => None,
        Err(refusal) => return Err(refusal),
    };
    if matches!(*incoming.method, Method::POST | Method::PUT) {
        model.json = Some(incoming.content(&["application/json"], options)?.into());
    }
    if *incoming.method != Method::POST {
        let named = form::value(incoming.uri.query().unwrap_or_default(), "client_id");
        let id = named.or_else(|| incoming.last_segment()).filter(|id| !id.is_empty());
        model.client_id = Some(id.ok_or(Refusal::MalformedParameters)?);
    }
    Ok(model)
}

/// Handles a request: [`request`], the call that the method is for, [`respond`]. A refusal and a call that fails become
/// their responses.
pub async fn handle<B: AsRef<[u8]>>(
    core: &AuthleteCore,
    request: &Request<B>,
    options: &EndpointOptions,
) -> Response<Bytes> {
    let model = match self::request(request, options) {
        Ok(model) => model,
        Err(refusal) => return refusal.respond(options),
    };
    let result = match *request.method() {
        Method::GET => dynamic_client_registration_get(core, &model.into(), None).await,
        Method::PUT => dynamic_client_registration_update(core, &model.into(), None).await,
        Method::DELETE => dynamic_client_registration_delete(core, &model.into(), None).await,
        _ => dynamic_client_registration_register(core, &model.into(), None).await,
    };
    match result {
        Ok(answer) => respond(answer.value, options),
        Err(error) => failure(error),
    }
}

/// From the answer of any of the four functions of dynamic client registration, such as
/// [`dynamic_client_registration_register`], to the response (RFC 7591,
/// RFC 7592): 200, 201, 400, 401 or 500 with JSON, or 204.
#[must_use]
pub fn respond(mut answer: ClientRegistrationResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, ClientRegistrationResponseAction {
        Created => Reply::json(StatusCode::CREATED),
        Ok | Updated => Reply::json(StatusCode::OK),
        Deleted => Reply::empty(StatusCode::NO_CONTENT),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::bearer(r#"Bearer error="invalid_token""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("client_registration_api", answer)),
        options,
        Nonces::default(),
    )
}
