//! The token endpoint (RFC 6749 section 3.2).
//!
//! | | |
//! |---|---|
//! | RFC | 6749 section 3.2, 9449 section 5 |
//! | request | a POST of a form; `Authorization` with `Basic`, client attestation, certificate, one DPoP proof |
//! | response | 200, or 400, 401, 500 with JSON |
//! | states | [`Password`], [`TokenExchange`], [`JwtBearer`], [`NativeSso`] |
//! | CORS | clients in browsers; expose `DPoP-Nonce`, `WWW-Authenticate` |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, token};
//! use authlete::models::TokenFailRequest;
//!
//! async fn token(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     match token::handle(core, request, options).await {
//!         token::Next::Respond(response) => response,
//!         token::Next::Password(state) => {
//!             let request = TokenFailRequest::new(
//!                 state.ticket,
//!                 "INVALID_RESOURCE_OWNER_CREDENTIALS",
//!             );
//!             token::handle_fail(core, request, &options.with(&state.nonces)).await
//!         }
//!         token::Next::TokenExchange(state) => state.refuse(options),
//!         token::Next::JwtBearer(state) => state.refuse(options),
//!         token::Next::NativeSso(state) => state.refuse(options),
//!     }
//! }
//! ```

use std::fmt;

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{Incoming, POST};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{
    IdtokenReissueRequest, IdtokenReissueResponse, IdtokenReissueResponseAction, Secret, TokenFailRequest,
    TokenFailResponse, TokenFailResponseAction, TokenIssueRequest, TokenIssueResponse,
    TokenIssueResponseAction, TokenRequest, TokenResponse, TokenResponseAction,
};

const UNSUPPORTED_GRANT_TYPE: Reply =
    Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"unsupported_grant_type"}"#);
const INVALID_GRANT: Reply = Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"invalid_grant"}"#);

next! {
    /// What comes after [`respond`]. Authlete refuses a grant type that the service does not allow, so that its
    /// state does not occur.
    pub enum Next {
        /// Check a password (RFC 6749 section 4.3).
        Password(state: Password),
        /// Judge a token exchange (RFC 8693), or [`refuse`](TokenExchange::refuse) it.
        TokenExchange(state: TokenExchange),
        /// Verify an assertion (RFC 7523), or [`refuse`](JwtBearer::refuse) it.
        JwtBearer(state: JwtBearer),
        /// Verify a device secret (OpenID Connect Native SSO), or [`refuse`](NativeSso::refuse) it.
        NativeSso(state: NativeSso),
    }
}

/// Check these, then call [`token_issue`](crate::funcs::token_issue), or [`token_fail`](crate::funcs::token_fail) with the
/// reason `INVALID_RESOURCE_OWNER_CREDENTIALS`. Take the options for their answers from [`EndpointOptions::with`] and the nonces.
#[derive(Clone)]
#[non_exhaustive]
pub struct Password {
    /// Whose password it should be.
    pub username: String,
    /// The password.
    pub password: Secret,
    /// What those two functions take.
    pub ticket: Secret,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: client, scopes. What stands above it has been moved out.
    pub answer: TokenResponse,
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Password").field("answer", &self.answer).finish_non_exhaustive()
    }
}

/// Judge the request, create a token with [`token_management_create`](crate::funcs::token_management_create), and answer
/// with a token response of your own, which needs `issued_token_type` (RFC 8693 section 2.2.1). The token for the client is
/// `jwt_access_token` where there is one. Add the [`nonces`](Self::nonces) to your response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TokenExchange {
    /// The subject token. A JWT of another issuer has not been verified.
    pub subject_token: Secret,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: the types of the tokens and what is known of them, the actor token, audiences,
    /// resources, scopes, client. What stands above it has been moved out.
    pub answer: TokenResponse,
}

impl TokenExchange {
    /// The response of a server without token exchange: 400 with `unsupported_grant_type`.
    #[must_use]
    pub fn refuse(self, options: &EndpointOptions) -> Response<Bytes> {
        UNSUPPORTED_GRANT_TYPE.send((), None, options, self.nonces)
    }
}

/// Verify the assertion, create a token with [`token_management_create`](crate::funcs::token_management_create), and answer
/// with a token response of your own (RFC 6749 section 5.1). The token for the client is `jwt_access_token` where there is
/// one. Add the [`nonces`](Self::nonces) to your response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JwtBearer {
    /// The assertion. **Its signature has not been verified.**
    pub assertion: Secret,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: resources, scopes, client. What stands above it has been moved out.
    pub answer: TokenResponse,
}

impl JwtBearer {
    /// The response of a server without JWT bearer grants: 400 with `unsupported_grant_type`.
    #[must_use]
    pub fn refuse(self, options: &EndpointOptions) -> Response<Bytes> {
        UNSUPPORTED_GRANT_TYPE.send((), None, options, self.nonces)
    }
}

/// Verify that the session still lives and that the device secret belongs to it, then call
/// [`native_sso_process`](crate::funcs::native_sso_process). Take the options for its answer from [`EndpointOptions::with`] and the nonces.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NativeSso {
    /// The access token that was issued, for that function.
    pub access_token: Secret,
    /// The ID of the user's session.
    pub session_id: Option<Secret>,
    /// The device secret of the request. With the grant type `authorization_code` there may be none.
    pub device_secret: Option<Secret>,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: the refresh token, the hash of the device secret, extra claims, client, user, scopes.
    /// What stands above it has been moved out.
    pub answer: TokenResponse,
}

impl NativeSso {
    /// The response if the session or the device secret is not valid: 400 with `invalid_grant`.
    #[must_use]
    pub fn refuse(self, options: &EndpointOptions) -> Response<Bytes> {
        INVALID_GRANT.send((), None, options, self.nonces)
    }
}

/// From the HTTP request to the request model: the raw parameters, what the client authenticates itself with, and its only
/// DPoP proof with the method and URL that the proof must name.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<TokenRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(POST)?;
    let model = TokenRequest::new(incoming.parameters(options)?);
    let model = with_client!(model, incoming.client(options)?);
    Ok(with_proof!(model, incoming.proof()?, incoming, options))
}

handle! { token_process -> Next }

finish! { handle_issue: token_issue(TokenIssueRequest), respond_issue -> Response<Bytes> }

finish! { handle_fail: token_fail(TokenFailRequest), respond_fail -> Response<Bytes> }

finish! { handle_reissue: token_management_reissue_id_token(IdtokenReissueRequest), respond_reissue -> Response<Bytes> }

/// From the answer of [`token_process`](crate::funcs::token_process) to what comes next.
///
/// | action | next |
/// |---|---|
/// | `OK`, `ID_TOKEN_REISSUABLE` | 200 with JSON |
/// | `BAD_REQUEST`, `INTERNAL_SERVER_ERROR` | 400, 500 with JSON |
/// | `INVALID_CLIENT` | 401 with JSON and a `Basic` challenge, which is right however the client authenticated |
/// | `PASSWORD`, `TOKEN_EXCHANGE`, `JWT_BEARER`, `NATIVE_SSO` | a state |
///
/// The content of `ID_TOKEN_REISSUABLE` is complete but for a new ID token. To issue one, look for that action first, call
/// [`token_management_reissue_id_token`](crate::funcs::token_management_reissue_id_token), and hand its answer to
/// [`respond_reissue`].
pub fn respond(mut answer: TokenResponse, options: &EndpointOptions) -> Next {
    let nonces = Nonces::of(answer.dpop_nonce.take(), answer.attestation_challenge.take());
    let reply = reply!(answer.action, TokenResponseAction {
        InvalidClient => Reply::basic(r#"Basic realm="token""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Ok | IdTokenReissuable => Reply::json(StatusCode::OK),
        Password => match (answer.username.take(), answer.password.take(), answer.ticket.take()) {
            (Some(username), Some(password), Some(ticket)) => {
                return Next::Password(Password { username, password, ticket, nonces, answer });
            }
            _ => Reply::UNUSABLE,
        },
        TokenExchange => match answer.subject_token.take() {
            Some(subject_token) => {
                return Next::TokenExchange(TokenExchange { subject_token, nonces, answer });
            }
            None => Reply::UNUSABLE,
        },
        JwtBearer => match answer.assertion.take() {
            Some(assertion) => {
                return Next::JwtBearer(JwtBearer { assertion, nonces, answer });
            }
            None => Reply::UNUSABLE,
        },
        NativeSso => match answer.jwt_access_token.take().or_else(|| answer.access_token.take()) {
            Some(access_token) => {
                return Next::NativeSso(NativeSso {
                    access_token,
                    session_id: answer.session_id.take(),
                    device_secret: answer.device_secret.take(),
                    nonces,
                    answer,
                });
            }
            None => Reply::UNUSABLE,
        },
    });
    Next::Respond(reply.send(
        answer.response_content.take(),
        Some(code!("auth_token_api", answer)),
        options,
        nonces,
    ))
}

/// From the answer of [`token_issue`](crate::funcs::token_issue) to the response, 200 or 500 with JSON.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`Password`].
#[must_use]
pub fn respond_issue(mut answer: TokenIssueResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, TokenIssueResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        Ok => Reply::json(StatusCode::OK),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("auth_token_issue_api", answer)),
        options,
        Nonces::default(),
    )
}

/// From the answer of [`token_fail`](crate::funcs::token_fail) to the response, 400 or 500 with JSON.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`Password`].
#[must_use]
pub fn respond_fail(mut answer: TokenFailResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, TokenFailResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("auth_token_fail_api", answer)),
        options,
        Nonces::default(),
    )
}

/// From the answer of [`token_management_reissue_id_token`](crate::funcs::token_management_reissue_id_token) to the token
/// response, 200 or 500 with JSON. `CALLER_ERROR` is a mistake of the server: log its `result_code` first.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of the token request's answer.
#[must_use]
pub fn respond_reissue(mut answer: IdtokenReissueResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, IdtokenReissueResponseAction {
        Ok => Reply::json(StatusCode::OK),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        CallerError => Reply::UNUSABLE,
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("idtoken_reissue_api", answer)),
        options,
        Nonces::default(),
    )
}
