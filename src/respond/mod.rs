//! From Authlete's answer to what the client gets: an [`http::Response`], or the decision that is left to the application.
//!
//! An answer of Authlete is an envelope with an `action`, and only its `response_content` is for the client. The functions
//! here turn one into the other, without any web framework: status, media type, `WWW-Authenticate`, `DPoP-Nonce`, caching,
//! redirect or page. There is one for each response type with an action that decides what comes next, named like the type:
//! [`token()`] takes a [`TokenResponse`](crate::models::TokenResponse).
//!
//! - Where nothing is left to decide, a function returns the response.
//! - Elsewhere it returns an enum such as [`TokenNext`]: `Respond`, or a **state** with what the application needs to go on.
//!   The enums are exhaustive, so that the compiler asks for every state.
//! - An action that this version does not know, or an answer without what its action needs, becomes a 500 with
//!   `{"error":"server_error"}`. So does a call that failed, through [`failure()`]. Authlete's own words never go out.
//! - What the application decides once for all of them is in [`How`].
//!
//! The body is moved, not copied. Nothing here does I/O.
//!
//! # An authorization endpoint
//!
//! ```
//! use std::time::SystemTime;
//! use authlete::funcs::{authorization_fail, authorization_issue, authorization_process_request};
//! use authlete::models::{AuthorizationFailRequest, AuthorizationFailRequestReason as Reason};
//! use authlete::models::{AuthorizationIssueRequest, AuthorizationRequest};
//! use authlete::respond::{self, AuthorizationNext, How, Login};
//! use authlete::{AuthleteCore, AuthleteError, Secret};
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! # type Session = bool;
//! # fn login_page(_: respond::Interaction, _: &Session) -> Response<Bytes> { Response::default() }
//! # fn has_consented(_: &Session, _: &authlete::models::AuthorizationResponse) -> bool { true }
//!
//! async fn authorize(
//!     core: &AuthleteCore, how: &How, request: &Request<Bytes>, session: &Session, login: Option<Login<'_>>,
//! ) -> Result<Response<Bytes>, AuthleteError> {
//!     let raw = match respond::parameters(request.method(), request.uri(), request.body()) {
//!         Ok(raw) => raw,
//!         Err(refusal) => return Ok(respond::refusal(refusal, how)),
//!     };
//!     let answer = authorization_process_request(core, &AuthorizationRequest::new(raw).into(), None).await?.value;
//!     match respond::authorization(answer, how) {
//!         AuthorizationNext::Respond(response) => Ok(response),
//!         AuthorizationNext::Interaction(mut state) => {
//!             state.demands = state.demands.read_max_age(raw);
//!             Ok(login_page(state, session)) // keeps the ticket in the session
//!         }
//!         AuthorizationNext::NoInteraction(state) => {
//!             let checked = match state.demands.read_max_age(raw).check(login, SystemTime::now()) {
//!                 Ok(()) if !has_consented(session, &state.rest) => Err(Reason::ConsentRequired),
//!                 checked => checked,
//!             };
//!             end(core, how, state.ticket, login, checked).await
//!         }
//!     }
//! }
//!
//! /// The end of every request: here, and after the login page.
//! async fn end(
//!     core: &AuthleteCore, how: &How, ticket: Secret, login: Option<Login<'_>>, checked: Result<(), Reason>,
//! ) -> Result<Response<Bytes>, AuthleteError> {
//!     match (login, checked) {
//!         (Some(login), Ok(())) => {
//!             let mut request = AuthorizationIssueRequest::new(ticket, login.subject);
//!             request.auth_time = login.auth_time;
//!             request.acr = login.acr.map(str::to_owned);
//!             Ok(respond::authorization_issue(authorization_issue(core, &request.into(), None).await?.value, how))
//!         }
//!         (_, checked) => {
//!             let request = AuthorizationFailRequest::new(ticket, checked.err().unwrap_or(Reason::NotLoggedIn)).into();
//!             Ok(respond::authorization_fail(authorization_fail(core, &request, None).await?.value, how))
//!         }
//!     }
//! }
//! ```
//!
//! A match that forgets a state does not compile:
//!
//! ```compile_fail,E0004
//! # use authlete::respond::AuthorizationNext;
//! fn is_response(next: &AuthorizationNext) -> bool {
//!     match next {
//!         AuthorizationNext::Respond(_) => true,
//!         AuthorizationNext::Interaction(_) => false,
//!     }
//! }
//! ```
//!
//! A handler ends with `authorize(…).await.unwrap_or_else(|error| respond::failure(&error))`. The login page asks
//! [`Interaction::must_authenticate`] whether a login that the session has will do, and checks a new one with
//! [`Demands::check_new`] before it calls `end`.
//!
//! # A token endpoint
//!
//! ```
//! # use authlete::funcs::{token_fail, token_process};
//! # use authlete::models::{TokenFailRequest, TokenRequest};
//! # use authlete::respond::{self, How, Refusal, TokenNext};
//! # use authlete::{AuthleteCore, AuthleteError};
//! # use bytes::Bytes;
//! # use http::{HeaderMap, Response};
//! async fn token(core: &AuthleteCore, how: &How, headers: &HeaderMap, body: &str) -> Result<Response<Bytes>, AuthleteError> {
//!     let mut request = TokenRequest::new(body);
//!     match respond::client_credentials(headers) {
//!         Ok(Some(client)) => request = request.client_id(client.id).client_secret(client.secret),
//!         Ok(None) => {}
//!         Err(refusal) => return Ok(respond::refusal(refusal, how)),
//!     }
//!     Ok(match respond::token(token_process(core, &request.into(), None).await?.value, how) {
//!         TokenNext::Respond(response) => response,
//!         TokenNext::Password(state) => {
//!             let request = TokenFailRequest::new(state.ticket, "INVALID_RESOURCE_OWNER_CREDENTIALS").into();
//!             respond::token_fail(token_fail(core, &request, None).await?.value, &how.with(&state.nonces))
//!         }
//!         TokenNext::TokenExchange(state) => state.refuse(how),
//!         TokenNext::JwtBearer(state) => state.refuse(how),
//!         TokenNext::NativeSso(state) => state.refuse(how),
//!     })
//! }
//! ```
//!
//! To take DPoP (RFC 9449), pass the request's only `DPoP` header as [`dpop`](crate::models::TokenRequest::dpop), with `htm` and
//! `htu`. Without it a client that sends a proof gets a token that is not bound to its key. Refuse a request with several proofs.
//!
//! # A protected resource
//!
//! ```
//! # use authlete::funcs::introspection_process;
//! # use authlete::models::IntrospectionRequest;
//! # use authlete::respond::{self, How, IntrospectionNext};
//! # use authlete::{AuthleteCore, AuthleteError};
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! async fn timeline(core: &AuthleteCore, how: &How, request: &Request<Bytes>) -> Result<Response<Bytes>, AuthleteError> {
//!     let presented = match respond::access_token(request.headers()) {
//!         Ok(presented) => presented,
//!         Err(refusal) => return Ok(respond::refusal(refusal, how)),
//!     };
//!     let mut question = IntrospectionRequest::new(presented.token).scopes(["timeline.read"]);
//!     if let Some(proof) = presented.proof {
//!         let htu = respond::htu("https://rs.example.com", request.uri());
//!         question = question.dpop(proof).htm(request.method().as_str()).htu(htu);
//!     }
//!     Ok(match respond::introspection(introspection_process(core, &question.into(), None).await?.value, how) {
//!         IntrospectionNext::Respond(response) => response,
//!         IntrospectionNext::Resource(token) => {
//!             let mut response = Response::new(format!("hello, {}", token.subject.as_deref().unwrap_or("client")).into());
//!             token.nonces.add_to(response.headers_mut());
//!             response
//!         }
//!     })
//! }
//! ```
//!
//! The example `protected_resource` plays this against the simulator.
//!
//! # Handing a response to a framework
//!
//! | framework | |
//! |---|---|
//! | axum 0.8 | `response.map(axum::body::Body::from)` |
//! | hyper 1 | `response.map(http_body_util::Full::new)` |
//! | warp 0.4 | `response`, which is a `Reply` |
//! | actix-web 4 | `headers.iter().fold(&mut HttpResponse::build(status), \|reply, (name, value)\| reply.append_header((name.as_str(), value.as_bytes()))).body(body)` |
//!
//! actix-web has an older `http`: its `status` is `StatusCode::from_u16(response.status().as_u16())`.
//!
//! # Management
//!
//! The answers of calls that create and update tokens, and of those about keys in a hardware security module, have no function
//! here. Look at their `action`, and answer what you do for failures of your own, such as [`server_error()`].

#[macro_use]
mod next;

mod authorization;
mod ciba;
mod demands;
mod device;
mod endpoints;
mod form;
mod headers;
mod how;
mod metadata;
mod refusal;
mod reply;
mod request;
mod resource;
mod session;
mod token;
mod vci;

pub use self::authorization::{
    AuthorizationNext, AuthorizationTicketInfoNext, AuthorizationTicketUpdateNext, Interaction,
    NoInteraction, authorization, authorization_fail, authorization_issue, authorization_ticket_info,
    authorization_ticket_update,
};
pub use self::ciba::{
    BackchannelAuthenticationCompleteNext, BackchannelAuthenticationNext, Notification, UserIdentification,
    backchannel_authentication, backchannel_authentication_complete, backchannel_authentication_fail,
    backchannel_authentication_issue,
};
pub use self::demands::{Demands, Login};
pub use self::device::{
    DeviceCompleteNext, DeviceVerificationNext, device_authorization, device_complete, device_verification,
};
pub use self::endpoints::{
    attestation_challenge, client_registration, federation_configuration, federation_registration,
    pushed_authorization, revocation, standard_introspection,
};
pub use self::how::{How, Nonces, Redirect};
pub use self::metadata::{discovery, jwks};
pub use self::refusal::{Refusal, failure, refusal};
pub use self::reply::server_error;
pub use self::request::{AccessToken, ClientCredentials, access_token, client_credentials, htu, parameters};
pub use self::resource::{
    Claims, IntrospectionNext, Resource, UserinfoNext, gm, introspection, userinfo, userinfo_issue,
};
pub use self::session::{
    BackchannelLogoutTokenNext, Logout, NativeSsoLogoutNext, backchannel_logout_token, native_sso,
    native_sso_logout,
};
pub use self::token::{
    JwtBearer, NativeSso, Password, TokenExchange, TokenNext, idtoken_reissue, token, token_fail, token_issue,
};
pub use self::vci::{
    VciBatchParseNext, VciDeferredParseNext, VciOfferCreateNext, VciSingleParseNext, vci_batch_issue,
    vci_batch_parse, vci_deferred_issue, vci_deferred_parse, vci_jwks, vci_jwtissuer, vci_metadata,
    vci_nonce, vci_offer_create, vci_offer_info, vci_single_issue, vci_single_parse,
};
