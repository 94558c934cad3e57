//! The endpoints of an authorization server, both ways, without any web framework.
//!
//! A module for each endpoint of the RFCs, and in each the same three functions:
//!
//! - `request(&http::Request<B>, &options) -> Result<Model, Refusal>`: from the HTTP request, with its body as the framework
//!   has read it, to the request model: parameters undecoded, client credentials, DPoP proof, client attestation,
//!   client certificate.
//! - `respond(answer, &options)`: from Authlete's answer to the [`http::Response`], or to the decision that is left to the
//!   application. An answer has an `action`, and only its `response_content` is for the client.
//! - `handle(&core, &request, &options).await`: the two with the call between them. A refusal and a call that fails
//!   become responses too. One line for an endpoint.
//!
//! | module | endpoint | call | states |
//! |---|---|---|---|
//! | [`authorization`] | authorization (RFC 6749 section 3.1) | [`authorization_process_request`](crate::funcs::authorization_process_request()) | `Interaction`, `NoInteraction` |
//! | [`token`] | token (RFC 6749 section 3.2) | [`token_process`](crate::funcs::token_process()) | `Password`, `TokenExchange`, `JwtBearer`, `NativeSso` |
//! | [`pushed_authorization`] | PAR (RFC 9126) | [`pushed_authorization_create`](crate::funcs::pushed_authorization_create()) | |
//! | [`revocation`] | revocation (RFC 7009) | [`revocation_process`](crate::funcs::revocation_process()) | |
//! | [`introspection`] | introspection (RFC 7662, RFC 9701) | [`introspection_standard_process`](crate::funcs::introspection_standard_process()) | |
//! | [`resource`] | any protected resource (RFC 6750, RFC 9449) | [`introspection_process`](crate::funcs::introspection_process()) | `Resource` |
//! | [`userinfo`] | UserInfo (OpenID Connect Core 1.0 section 5.3) | [`userinfo_process`](crate::funcs::userinfo_process()) | `Claims` |
//! | [`discovery`] | metadata (OpenID Connect Discovery 1.0, RFC 8414) | [`service_get_configuration`](crate::funcs::service_get_configuration()) | |
//! | [`jwks`] | JWK Set (RFC 7517) | [`jwk_set_endpoint_service_jwks_get_api`](crate::funcs::jwk_set_endpoint_service_jwks_get_api()) | |
//! | [`device_authorization`] | device authorization (RFC 8628 section 3.1) | [`device_flow_authorization`](crate::funcs::device_flow_authorization()) | |
//! | [`device_verification`] | the page for user codes (RFC 8628 section 3.3) | [`device_flow_verification`](crate::funcs::device_flow_verification()) | `Valid`, `Expired`, `NotExist`, `ServerError` |
//! | [`backchannel_authentication`] | backchannel authentication (CIBA 1.0) | [`ciba_process_authentication`](crate::funcs::ciba_process_authentication()) | `UserIdentification` |
//! | [`client_registration`] | client registration (RFC 7591, RFC 7592) | [`dynamic_client_registration_register`](crate::funcs::dynamic_client_registration_register()) and three more | |
//! | [`grant_management`] | grant management | [`grant_management_process_request`](crate::funcs::grant_management_process_request()) | |
//! | [`native_sso`] | after a token request | [`native_sso_process`](crate::funcs::native_sso_process()) | |
//! | [`logout`] | to a client | [`backchannel_logout_token`](crate::funcs::backchannel_logout_token()) | `Logout`, `ServerError` |
//! | [`attestation_challenge`] | challenge for client attestation | [`attestation_challenge`](crate::funcs::attestation_challenge()) | |
//! | [`federation_configuration`] | entity configuration (OpenID Federation 1.0) | [`federation_configuration`](crate::funcs::federation_configuration()) | |
//! | [`federation_registration`] | federation registration | [`federation_registration`](crate::funcs::federation_registration()) | |
//! | [`credential`] | credential (OpenID4VCI 1.0) | [`verifiable_credentials_parse`](crate::funcs::verifiable_credentials_parse()) | `Info` |
//! | [`credential_batch`] | batch credential | [`verifiable_credentials_batch_parse`](crate::funcs::verifiable_credentials_batch_parse()) | `Info` |
//! | [`credential_deferred`] | deferred credential | [`verifiable_credentials_deferred_parse`](crate::funcs::verifiable_credentials_deferred_parse()) | `Info` |
//! | [`credential_offer`] | credential offer | [`verifiable_credentials_get_offer_info`](crate::funcs::verifiable_credentials_get_offer_info()) | |
//! | [`credential_nonce`] | nonce | [`verifiable_credentials_nonce`](crate::funcs::verifiable_credentials_nonce()) | |
//! | [`credential_metadata`] | issuer metadata | [`verifiable_credentials_get_metadata`](crate::funcs::verifiable_credentials_get_metadata()) | |
//! | [`credential_jwt_issuer`] | JWT issuer metadata | [`verifiable_credentials_get_jwt_issuer`](crate::funcs::verifiable_credentials_get_jwt_issuer()) | |
//! | [`credential_jwks`] | issuer's JWK Set | [`verifiable_credentials_get_jwks`](crate::funcs::verifiable_credentials_get_jwks()) | |
//!
//! What the application decides once for all of them is in [`EndpointOptions`]. Enums of states are exhaustive, so that the
//! compiler asks for every one. A state has what is consumed, such as the ticket, and the answer whole beside it; what is
//! demanded of the user is a method. Where a second call ends the request, `handle_NAME` makes it, and `respond_NAME` its
//! response. An action that this version does not know, or an answer without what its action needs, becomes a 500 with
//! `{"error":"server_error"}`, and so does a call that failed: Authlete's own words never go out. For the operator, each
//! response has a [`ResultCode`] or an `Arc<AuthleteError>` in its extensions: see the
//! [guide](crate::guide::web_handlers#what-the-operator-sees).
//!
//! # A framework's request and response
//!
//! | framework | in | out |
//! |---|---|---|
//! | axum 0.8 | `Request<Bytes>` is an extractor; behind `nest`, set its URI from `OriginalUri` | `response.map(axum::body::Body::from)` |
//! | hyper 1 | `collect().await?.to_bytes()` on the body, within a limit | `response.map(http_body_util::Full::new)` |
//! | warp 0.4 | `warp::body::bytes()` with method, path and headers | `response`, which is a `Reply` |
//! | actix-web 4 | below | `headers.iter().fold(&mut HttpResponse::build(status), \|reply, (name, value)\| reply.append_header((name.as_str(), value.as_bytes()))).body(body)` |
//!
//! actix-web has an older `http`, so methods, names and statuses pass as text and numbers:
//! `StatusCode::from_u16(response.status().as_u16())`. The way in, for an `HttpRequest`'s method, URI, headers and `Bytes`:
//!
//! ```
//! use bytes::Bytes;
//! use http::Request;
//!
//! fn incoming<'a>(
//!     method: &str,
//!     uri: &str,
//!     headers: impl Iterator<Item = (&'a str, &'a [u8])>,
//!     body: Bytes,
//! ) -> http::Result<Request<Bytes>> {
//!     let request = Request::builder().method(method).uri(uri);
//!     headers.fold(request, |request, (name, value)| request.header(name, value)).body(body)
//! }
//! # let headers = [("dpop", &b"a.b.c"[..])];
//! # assert_eq!(incoming("POST", "/token?a=b", headers.into_iter(), Bytes::new()).unwrap().uri().path(), "/token");
//! ```
//!
//! Call it with `request.method().as_str()`, `request.uri().to_string()` and
//! `request.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()))`.
//!
//! # CORS
//!
//! Scripts of other origins call the token, UserInfo, revocation and device authorization endpoints, PAR and protected resources.
//! Let these methods and the headers `Authorization`, `Content-Type` and `DPoP` pass, without credentials (no cookie is read
//! there), and expose `DPoP-Nonce`, `OAuth-Client-Attestation-Challenge` and `WWW-Authenticate`, or the script cannot read them. Discovery
//! and keys may be read by any origin. **Never allow it at the authorization endpoint** or on a page (RFC 9700 section 2.6).
//!
//! # Management
//!
//! The answers of calls that create and update tokens, and of those about keys in a hardware security module, have no module
//! here. Look at their `action`, and answer what you do for failures of your own, such as [`server_error()`].

#[macro_use]
mod next;
#[macro_use]
mod issuance;

pub mod attestation_challenge;
pub mod authorization;
pub mod backchannel_authentication;
mod base64;
mod certificate;
mod challenge;
pub mod client_registration;
pub mod credential;
pub mod credential_batch;
pub mod credential_deferred;
pub mod credential_jwks;
pub mod credential_jwt_issuer;
pub mod credential_metadata;
pub mod credential_nonce;
pub mod credential_offer;
mod credentials;
mod demands;
pub mod device_authorization;
pub mod device_verification;
pub mod discovery;
mod document;
pub mod federation_configuration;
pub mod federation_registration;
mod form;
pub mod grant_management;
mod headers;
mod incoming;
pub mod introspection;
pub mod jwks;
mod location;
pub mod logout;
pub mod native_sso;
mod nonces;
mod options;
mod page;
mod pending;
mod proof;
pub mod pushed_authorization;
mod refusal;
mod refuse;
mod reply;
pub mod resource;
mod resource_server;
mod result_code;
pub mod revocation;
pub mod token;
pub mod userinfo;

pub use self::certificate::CertificateHeader;
pub use self::credentials::{ClientCredentials, client_credentials};
pub use self::nonces::Nonces;
pub use self::options::{EndpointOptions, EndpointOptionsBuilder, Redirect};
pub use self::page::ErrorPage;
pub use self::proof::{AccessToken, access_token, htu};
pub use self::refusal::Refusal;
pub use self::refuse::{Failure, failure};
pub use self::reply::server_error;
pub use self::resource_server::ResourceServer;
pub use self::result_code::ResultCode;
