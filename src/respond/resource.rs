//! What is behind an access token: protected resources, UserInfo, grant management.

use bytes::Bytes;
use http::header::HeaderName;
use http::{Response, StatusCode};

use super::headers::{header, set};
use super::how::{How, Nonces};
use super::reply::{JSON, Reply};
use crate::models::{
    GMResponse, GMResponseAction, IntrospectionResponse, IntrospectionResponseAction, Secret,
    UserinfoIssueResponse, UserinfoIssueResponseAction, UserinfoResponse, UserinfoResponseAction,
};

next! {
    /// What comes after [`introspection`].
    pub enum IntrospectionNext {
        /// The token is good: serve the request.
        Resource(state: Resource),
    }
}

/// The token is good. Serve the request, and add the [`nonces`](Self::nonces) to the response: a new one may come with a
/// success too (RFC 9449 section 8.2).
#[derive(Clone, Debug)]
pub struct Resource {
    /// The user. `None` for client credentials, which involve none.
    pub subject: Option<String>,
    /// The scopes of the token.
    pub scopes: Vec<String>,
    /// The numeric ID of the client.
    pub client_id: Option<i64>,
    /// For the resource's own response.
    pub nonces: Nonces,
    /// What else is known of the token. What stands above has been moved out of it.
    pub rest: IntrospectionResponse,
}

/// From the answer of [`introspection_process`](crate::funcs::introspection_process) to what comes next at a protected
/// resource.
///
/// A refusal is 400, 401, 403 or 500 with Authlete's challenge in `WWW-Authenticate` and no body (RFC 6750 section 3).
pub fn introspection(mut answer: IntrospectionResponse, how: &How) -> IntrospectionNext {
    let nonces = Nonces::of(answer.dpop_nonce.take(), None);
    let reply = reply!(answer.action, IntrospectionResponseAction {
        InternalServerError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::challenge(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        Ok => return IntrospectionNext::Resource(Resource {
            subject: answer.subject.take(),
            scopes: answer.scopes.take().unwrap_or_default(),
            client_id: answer.client_id.take(),
            nonces,
            rest: answer,
        }),
    });
    IntrospectionNext::Respond(reply.send(answer.response_content.take(), how, nonces))
}

next! {
    /// What comes after [`userinfo`].
    pub enum UserinfoNext {
        /// Gather the claims.
        Claims(state: Claims),
    }
}

/// Gather the user's claims, then call [`userinfo_issue`](crate::funcs::userinfo_issue). Take the `how` for its answer from
/// [`How::with`] and the nonces.
#[derive(Clone, Debug)]
pub struct Claims {
    /// The access token, for that function.
    pub token: Secret,
    /// The user.
    pub subject: Option<String>,
    /// Names of the claims to gather.
    pub claims: Vec<String>,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: client, scopes. What stands above has been moved out of it.
    pub rest: UserinfoResponse,
}

/// From the answer of [`userinfo_process`](crate::funcs::userinfo_process) to what comes next at the UserInfo endpoint
/// (OpenID Connect Core 1.0 section 5.3).
///
/// A refusal is 400, 401, 403 or 500 with Authlete's challenge in `WWW-Authenticate` and no body.
pub fn userinfo(mut answer: UserinfoResponse, how: &How) -> UserinfoNext {
    let nonces = Nonces::of(answer.dpop_nonce.take(), None);
    let reply = reply!(answer.action, UserinfoResponseAction {
        InternalServerError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::challenge(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        Ok => match answer.token.take() {
            Some(token) => return UserinfoNext::Claims(Claims {
                token,
                subject: answer.subject.take(),
                claims: answer.claims.take().unwrap_or_default(),
                nonces,
                rest: answer,
            }),
            None => Reply::UNUSABLE,
        },
    });
    UserinfoNext::Respond(reply.send(answer.response_content.take(), how, nonces))
}

/// From the answer of [`userinfo_issue`](crate::funcs::userinfo_issue) to the response: 200 with JSON or a JWT, or a refusal
/// with Authlete's challenge in `WWW-Authenticate`.
///
/// Take `how` from [`How::with`] and the nonces of [`Claims`]. Where the response is signed (RFC 9421), its headers
/// `Signature`, `Signature-Input` and `Content-Digest` are set.
#[must_use]
pub fn userinfo_issue(mut answer: UserinfoIssueResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, UserinfoIssueResponseAction {
        InternalServerError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::challenge(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        Json => Reply::body(StatusCode::OK, JSON),
        Jwt => Reply::body(StatusCode::OK, "application/jwt"),
    });
    let mut response = reply.send(answer.response_content.take(), how, Nonces::default());
    if response.status() == StatusCode::OK {
        for (name, value) in [
            (const { HeaderName::from_static("signature") }, answer.signature),
            (const { HeaderName::from_static("signature-input") }, answer.signature_input),
            (const { HeaderName::from_static("content-digest") }, answer.content_digest),
        ] {
            if let Some(value) = value.and_then(header) {
                set(response.headers_mut(), name, value);
            }
        }
    }
    response
}

/// From the answer of [`grant_management_process_request`](crate::funcs::grant_management_process_request) to the response
/// (Grant Management for OAuth 2.0): 200 with JSON, 204, or a refusal with Authlete's challenge in `WWW-Authenticate`.
///
/// **Authlete does not check whose grant it is**: compare its owner with the user of the token before the call.
#[must_use]
pub fn gm(mut answer: GMResponse, how: &How) -> Response<Bytes> {
    let nonces = Nonces::of(answer.dpop_nonce.take(), None);
    let reply = reply!(answer.action, GMResponseAction {
        Ok => Reply::json(StatusCode::OK),
        NoContent => Reply::empty(StatusCode::NO_CONTENT),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        NotFound => Reply::challenge(StatusCode::NOT_FOUND),
        CallerError | AuthleteError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, nonces)
}
