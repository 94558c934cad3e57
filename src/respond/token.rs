//! The token endpoint (RFC 6749 section 3.2).

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::how::{How, Nonces};
use super::reply::Reply;
use crate::models::{
    IdtokenReissueResponse, IdtokenReissueResponseAction, Secret, TokenFailResponse, TokenFailResponseAction,
    TokenIssueResponse, TokenIssueResponseAction, TokenResponse, TokenResponseAction,
};

const UNSUPPORTED_GRANT_TYPE: Reply =
    Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"unsupported_grant_type"}"#);
const INVALID_GRANT: Reply = Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"invalid_grant"}"#);

next! {
    /// What comes after [`token`]. Authlete refuses a grant type that the service does not allow, so that its
    /// state does not occur.
    pub enum TokenNext {
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
/// reason `INVALID_RESOURCE_OWNER_CREDENTIALS`. Take the `how` for their answers from [`How::with`] and the nonces.
#[derive(Clone)]
pub struct Password {
    /// Whose password it should be.
    pub username: String,
    /// The password.
    pub password: Secret,
    /// What those two functions take.
    pub ticket: Secret,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: client, scopes. What stands above has been moved out of it.
    pub rest: TokenResponse,
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Password").field("rest", &self.rest).finish_non_exhaustive()
    }
}

/// Judge the request, create a token with [`token_management_create`](crate::funcs::token_management_create), and answer
/// with a token response of your own, which needs `issued_token_type` (RFC 8693 section 2.2.1). The token for the client is
/// `jwt_access_token` where there is one. Add the [`nonces`](Self::nonces) to your response.
#[derive(Clone, Debug)]
pub struct TokenExchange {
    /// The subject token. A JWT of another issuer has not been verified.
    pub subject_token: Secret,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: the types of the tokens and what is known of them, the actor token, audiences,
    /// resources, scopes, client. What stands above has been moved out of it.
    pub rest: TokenResponse,
}

impl TokenExchange {
    /// The response of a server without token exchange: 400 with `unsupported_grant_type`.
    #[must_use]
    pub fn refuse(self, how: &How) -> Response<Bytes> {
        UNSUPPORTED_GRANT_TYPE.send((), how, self.nonces)
    }
}

/// Verify the assertion, create a token with [`token_management_create`](crate::funcs::token_management_create), and answer
/// with a token response of your own (RFC 6749 section 5.1). The token for the client is `jwt_access_token` where there is
/// one. Add the [`nonces`](Self::nonces) to your response.
#[derive(Clone, Debug)]
pub struct JwtBearer {
    /// The assertion. **Its signature has not been verified.**
    pub assertion: Secret,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: resources, scopes, client. What stands above has been moved out of it.
    pub rest: TokenResponse,
}

impl JwtBearer {
    /// The response of a server without JWT bearer grants: 400 with `unsupported_grant_type`.
    #[must_use]
    pub fn refuse(self, how: &How) -> Response<Bytes> {
        UNSUPPORTED_GRANT_TYPE.send((), how, self.nonces)
    }
}

/// Verify that the session still lives and that the device secret belongs to it, then call
/// [`native_sso_process`](crate::funcs::native_sso_process). Take the `how` for its answer from [`How::with`] and the nonces.
#[derive(Clone, Debug)]
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
    /// What stands above has been moved out of it.
    pub rest: TokenResponse,
}

impl NativeSso {
    /// The response if the session or the device secret is not valid: 400 with `invalid_grant`.
    #[must_use]
    pub fn refuse(self, how: &How) -> Response<Bytes> {
        INVALID_GRANT.send((), how, self.nonces)
    }
}

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
/// [`idtoken_reissue`].
pub fn token(mut answer: TokenResponse, how: &How) -> TokenNext {
    let nonces = Nonces::of(answer.dpop_nonce.take(), answer.attestation_challenge.take());
    let reply = reply!(answer.action, TokenResponseAction {
        InvalidClient => Reply::basic(r#"Basic realm="token""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Ok | IdTokenReissuable => Reply::json(StatusCode::OK),
        Password => match (answer.username.take(), answer.password.take(), answer.ticket.take()) {
            (Some(username), Some(password), Some(ticket)) => {
                return TokenNext::Password(Password { username, password, ticket, nonces, rest: answer });
            }
            _ => Reply::UNUSABLE,
        },
        TokenExchange => match answer.subject_token.take() {
            Some(subject_token) => {
                return TokenNext::TokenExchange(TokenExchange { subject_token, nonces, rest: answer });
            }
            None => Reply::UNUSABLE,
        },
        JwtBearer => match answer.assertion.take() {
            Some(assertion) => {
                return TokenNext::JwtBearer(JwtBearer { assertion, nonces, rest: answer });
            }
            None => Reply::UNUSABLE,
        },
        NativeSso => match answer.jwt_access_token.take().or_else(|| answer.access_token.take()) {
            Some(access_token) => {
                return TokenNext::NativeSso(NativeSso {
                    access_token,
                    session_id: answer.session_id.take(),
                    device_secret: answer.device_secret.take(),
                    nonces,
                    rest: answer,
                });
            }
            None => Reply::UNUSABLE,
        },
    });
    TokenNext::Respond(reply.send(answer.response_content.take(), how, nonces))
}

/// From the answer of [`token_issue`](crate::funcs::token_issue) to the response, 200 or 500 with JSON.
///
/// Take `how` from [`How::with`] and the nonces of [`Password`].
#[must_use]
pub fn token_issue(mut answer: TokenIssueResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, TokenIssueResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        Ok => Reply::json(StatusCode::OK),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`token_fail`](crate::funcs::token_fail) to the response, 400 or 500 with JSON.
///
/// Take `how` from [`How::with`] and the nonces of [`Password`].
#[must_use]
pub fn token_fail(mut answer: TokenFailResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, TokenFailResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`token_management_reissue_id_token`](crate::funcs::token_management_reissue_id_token) to the token
/// response, 200 or 500 with JSON. `CALLER_ERROR` is a mistake of the server: log its `result_code` first.
///
/// Take `how` from [`How::with`] and the nonces of the token request's answer.
#[must_use]
pub fn idtoken_reissue(mut answer: IdtokenReissueResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, IdtokenReissueResponseAction {
        Ok => Reply::json(StatusCode::OK),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        CallerError => Reply::UNUSABLE,
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}
