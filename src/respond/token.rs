//! The token endpoint (RFC 6749 section 3.2).

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::how::{How, Nonces};
use super::reply::{Reply, present};
use crate::models::{
    IdtokenReissueResponse, IdtokenReissueResponseAction, Secret, TokenFailResponse, TokenFailResponseAction,
    TokenInfo, TokenIssueResponse, TokenIssueResponseAction, TokenResponse, TokenResponseAction, TokenType,
};

const UNSUPPORTED_GRANT_TYPE: Reply =
    Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"unsupported_grant_type"}"#);
const INVALID_GRANT: Reply = Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"invalid_grant"}"#);

next! {
    /// What comes after [`token`]. A grant type that a service does not allow never gets as far as its state.
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
    /// Its type.
    pub subject_token_type: Option<TokenType>,
    /// What is known of it, if it is an access or refresh token of this service.
    pub subject_token_info: Option<TokenInfo>,
    /// The actor token.
    pub actor_token: Option<Secret>,
    /// Its type.
    pub actor_token_type: Option<TokenType>,
    /// What is known of it, if it is an access or refresh token of this service.
    pub actor_token_info: Option<TokenInfo>,
    /// The type of token that is asked for.
    pub requested_token_type: Option<TokenType>,
    /// The logical names of the services that the token is to be for.
    pub audiences: Vec<String>,
    /// The URIs of the resources that the token is to be for (RFC 8707).
    pub resources: Vec<String>,
    /// The scopes that are asked for.
    pub scopes: Vec<String>,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail, such as its client. What stands above has been moved out of it.
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
    /// The URIs of the resources that the token is to be for (RFC 8707).
    pub resources: Vec<String>,
    /// The scopes that are asked for.
    pub scopes: Vec<String>,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail, such as its client. What stands above has been moved out of it.
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
    /// The refresh token, if one was issued.
    pub refresh_token: Option<Secret>,
    /// The ID of the user's session.
    pub session_id: Option<Secret>,
    /// The device secret of the request. With the grant type `authorization_code` there may be none.
    pub device_secret: Option<Secret>,
    /// The `ds_hash` of the ID token in the request.
    pub device_secret_hash: Option<Secret>,
    /// Extra claims for the ID token, as the text of a JSON object.
    pub additional_claims: Option<String>,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: client, user, scopes. What stands above has been moved out of it.
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
        Password => return password(answer, how, nonces),
        TokenExchange => return token_exchange(answer, how, nonces),
        JwtBearer => return jwt_bearer(answer, how, nonces),
        NativeSso => return native_sso(answer, how, nonces),
    });
    TokenNext::Respond(reply.send(answer.response_content, how, nonces))
}

/// The answer lacks what its action needs.
fn unusable(how: &How, nonces: Nonces) -> TokenNext {
    TokenNext::Respond(Reply::UNUSABLE.send((), how, nonces))
}

fn password(mut rest: TokenResponse, how: &How, nonces: Nonces) -> TokenNext {
    match (rest.username.take(), rest.password.take(), present(rest.ticket.take())) {
        (Some(username), Some(password), Some(ticket)) => {
            TokenNext::Password(Password { username, password, ticket, nonces, rest })
        }
        _ => unusable(how, nonces),
    }
}

fn token_exchange(mut rest: TokenResponse, how: &How, nonces: Nonces) -> TokenNext {
    let Some(subject_token) = present(rest.subject_token.take()) else { return unusable(how, nonces) };
    TokenNext::TokenExchange(TokenExchange {
        subject_token,
        subject_token_type: rest.subject_token_type.take(),
        subject_token_info: rest.subject_token_info.take(),
        actor_token: rest.actor_token.take(),
        actor_token_type: rest.actor_token_type.take(),
        actor_token_info: rest.actor_token_info.take(),
        requested_token_type: rest.requested_token_type.take(),
        audiences: rest.audiences.take().unwrap_or_default(),
        resources: rest.resources.take().unwrap_or_default(),
        scopes: rest.scopes.take().unwrap_or_default(),
        nonces,
        rest,
    })
}

fn jwt_bearer(mut rest: TokenResponse, how: &How, nonces: Nonces) -> TokenNext {
    let Some(assertion) = present(rest.assertion.take()) else { return unusable(how, nonces) };
    TokenNext::JwtBearer(JwtBearer {
        assertion,
        resources: rest.resources.take().unwrap_or_default(),
        scopes: rest.scopes.take().unwrap_or_default(),
        nonces,
        rest,
    })
}

fn native_sso(mut rest: TokenResponse, how: &How, nonces: Nonces) -> TokenNext {
    let token = present(rest.jwt_access_token.take()).or_else(|| present(rest.access_token.take()));
    let Some(access_token) = token else { return unusable(how, nonces) };
    TokenNext::NativeSso(NativeSso {
        access_token,
        refresh_token: rest.refresh_token.take(),
        session_id: rest.session_id.take(),
        device_secret: rest.device_secret.take(),
        device_secret_hash: rest.device_secret_hash.take(),
        additional_claims: rest.additional_claims.take(),
        nonces,
        rest,
    })
}

/// From the answer of [`token_issue`](crate::funcs::token_issue) to the response, 200 or 500 with JSON.
///
/// Take `how` from [`How::with`] and the nonces of [`Password`].
#[must_use]
pub fn token_issue(answer: TokenIssueResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, TokenIssueResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        Ok => Reply::json(StatusCode::OK),
    });
    reply.send(answer.response_content, how, Nonces::default())
}

/// From the answer of [`token_fail`](crate::funcs::token_fail) to the response, 400 or 500 with JSON.
///
/// Take `how` from [`How::with`] and the nonces of [`Password`].
#[must_use]
pub fn token_fail(answer: TokenFailResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, TokenFailResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
    });
    reply.send(answer.response_content, how, Nonces::default())
}

/// From the answer of [`token_management_reissue_id_token`](crate::funcs::token_management_reissue_id_token) to the token
/// response, 200 or 500 with JSON. `CALLER_ERROR` is a mistake of the server: log its `result_code` first.
///
/// Take `how` from [`How::with`] and the nonces of the token request's answer.
#[must_use]
pub fn idtoken_reissue(answer: IdtokenReissueResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, IdtokenReissueResponseAction {
        Ok => Reply::json(StatusCode::OK),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        CallerError => Reply::UNUSABLE,
    });
    reply.send(answer.response_content, how, Nonces::default())
}
