//! The UserInfo endpoint (OpenID Connect Core 1.0 section 5.3).
//!
//! | | |
//! |---|---|
//! | specification | OpenID Connect Core 1.0 section 5.3, RFC 6750, RFC 9449 |
//! | request | GET or POST; `Authorization` with `Bearer`, or `DPoP` and one proof; or a form with `access_token` |
//! | response | 200 with JSON or a JWT, or 400, 401, 403, 500 with a challenge |
//! | state | [`Claims`] |
//! | CORS | clients in browsers; expose `DPoP-Nonce`, `WWW-Authenticate` |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, userinfo};
//! use authlete::models::UserinfoIssueRequest;
//! # fn json_of(_: Option<&str>, _: &[&str]) -> String { "{}".into() }
//!
//! async fn userinfo(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     match userinfo::handle(core, request, options).await {
//!         userinfo::Next::Respond(response) => response,
//!         userinfo::Next::Claims(state) => {
//!             let claims = json_of(state.subject(), &state.names());
//!             let request = UserinfoIssueRequest::new(state.token).claims(claims);
//!             userinfo::handle_issue(core, request, &options.with(&state.nonces))
//!                 .await
//!         }
//!     }
//! }
//! ```

use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderName};
use http::{Method, Request, Response, StatusCode};

use super::form;
use super::headers::{header, set};
use super::incoming::{FORM, GET_OR_POST, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::proof::is_token;
use super::refusal::Refusal;
use super::reply::{JSON, Reply};
use crate::models::{
    Secret, UserinfoIssueRequest, UserinfoIssueResponse, UserinfoIssueResponseAction, UserinfoRequest,
    UserinfoResponse, UserinfoResponseAction,
};

next! {
    /// What comes after [`respond`].
    pub enum Next {
        /// Gather the claims.
        Claims(state: Claims),
    }
}

/// Gather the user's claims, then call [`handle_issue`] with the options of [`EndpointOptions::with`] and the nonces.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Claims {
    /// The access token, for that function.
    pub token: Secret,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: client, scopes. Only the token has been moved out of it.
    pub answer: UserinfoResponse,
}

impl Claims {
    /// The user.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.answer.subject.as_deref()
    }

    /// Names of the claims to gather: those that the client has requested and, where the answer tells what the user has
    /// consented to, that are among these.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let requested = self.answer.claims.iter().flatten().map(String::as_str);
        match &self.answer.consented_claims {
            Some(consented) => requested.filter(|name| consented.iter().any(|is| is == name)).collect(),
            None => requested.collect(),
        }
    }
}

/// From the HTTP request to the request model: the access token of the `Authorization` header, with the scheme `DPoP` also the
/// only proof and the method and URL that it must name, or else of the form of a POST ([`form_token`]); and the client's
/// certificate.
///
/// # Errors
/// A [`Refusal`], whose response has a challenge.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<UserinfoRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(GET_OR_POST)?;
    let in_form = form_token(request, options)?;
    let in_header = incoming.headers.contains_key(AUTHORIZATION);
    let bearer = match in_form {
        // A client must not use more than one way (RFC 6750 section 2).
        Some(_) if in_header => return Err(Refusal::MalformedToken),
        Some(token) => incoming.unbound(token, options)?,
        None => incoming.bearer(options)?,
    };
    let mut model = UserinfoRequest::new(bearer.token);
    model.client_certificate = bearer.certificate;
    Ok(with_proof!(model, bearer.proof, incoming, options))
}

/// The access token in the form of a POST (RFC 6750 section 2.2); `None` if the request is another, or its form has no
/// `access_token`.
///
/// # Errors
/// [`MalformedToken`](Refusal::MalformedToken) if it cannot be one or stands there twice, [`TooLong`](Refusal::TooLong),
/// [`MalformedParameters`](Refusal::MalformedParameters).
pub fn form_token<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<Option<Secret>, Refusal> {
    let incoming = Incoming::of(request);
    let is_form = incoming.media_type().is_some_and(|is| is.eq_ignore_ascii_case(FORM));
    if *incoming.method != Method::POST || !is_form {
        return Ok(None);
    }
    let content = incoming.content(&[FORM], options)?;
    let mut tokens = form::pairs(content).filter(|(name, _)| form::is_named(name, "access_token"));
    match (tokens.next(), tokens.next()) {
        (None, _) => Ok(None),
        (Some((_, value)), None) => {
            let token = form::decode(value).filter(|token| is_token(token)).ok_or(Refusal::MalformedToken)?;
            Ok(Some(token.into()))
        }
        _ => Err(Refusal::MalformedToken),
    }
}

handle! { userinfo_process -> Next }

finish! { handle_issue: userinfo_issue(UserinfoIssueRequest), respond_issue -> Response<Bytes> }

/// From the answer of [`userinfo_process`](crate::funcs::userinfo_process) to what comes next.
///
/// A refusal is 400, 401, 403 or 500 with Authlete's challenge in `WWW-Authenticate` and no body.
pub fn respond(mut answer: UserinfoResponse, options: &EndpointOptions) -> Next {
    let nonces = Nonces::of(answer.dpop_nonce.take(), None);
    let reply = reply!(answer.action, UserinfoResponseAction {
        InternalServerError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::challenge(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        Ok => match answer.token.take() {
            Some(token) => return Next::Claims(Claims { token, nonces, answer }),
            None => Reply::UNUSABLE,
        },
    });
    let code = code!("auth_userinfo_api", answer);
    Next::Respond(reply.send(answer.response_content.take(), Some(code), options, nonces))
}

/// From the answer of [`userinfo_issue`](crate::funcs::userinfo_issue) to the response: 200 with JSON or a JWT, or a refusal
/// with Authlete's challenge in `WWW-Authenticate`.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`Claims`]. Where the response is signed (RFC 9421), its headers
/// `Signature`, `Signature-Input` and `Content-Digest` are set.
#[must_use]
pub fn respond_issue(mut answer: UserinfoIssueResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, UserinfoIssueResponseAction {
        InternalServerError => Reply::challenge(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::challenge(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
        Forbidden => Reply::challenge(StatusCode::FORBIDDEN),
        Json => Reply::body(StatusCode::OK, JSON),
        Jwt => Reply::body(StatusCode::OK, "application/jwt"),
    });
    let mut response = reply.send(
        answer.response_content.take(),
        Some(code!("auth_userinfo_issue_api", answer)),
        options,
        Nonces::default(),
    );
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
