//! Backchannel authentication (OpenID Connect CIBA 1.0).
//!
//! | | |
//! |---|---|
//! | specification | OpenID Connect CIBA 1.0 section 7 |
//! | request | a POST of a form; `Authorization` with `Basic`, client attestation, certificate |
//! | response | 200, or 400, 401, 403, 500 with JSON |
//! | state | [`UserIdentification`] |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, backchannel_authentication as ciba};
//! use authlete::models::{
//!     BackchannelAuthenticationFailRequest, BackchannelAuthenticationIssueRequest,
//! };
//! # fn find(_: &ciba::UserIdentification) -> Option<String> { None }
//!
//! async fn authenticate(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     match ciba::handle(core, request, options).await {
//!         ciba::Next::Respond(response) => response,
//!         ciba::Next::UserIdentification(state) => match find(&state) {
//!             Some(_) => {
//!                 let request =
//!                     BackchannelAuthenticationIssueRequest::new(state.ticket);
//!                 ciba::handle_issue(core, request, &options.with(&state.nonces))
//!                     .await
//!             }
//!             None => {
//!                 let request = BackchannelAuthenticationFailRequest::new(
//!                     state.ticket,
//!                     "UNKNOWN_USER_ID",
//!                 );
//!                 ciba::handle_fail(core, request, &options.with(&state.nonces)).await
//!             }
//!         },
//!     }
//! }
//! ```

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};

use super::headers::header;
use super::incoming::{Incoming, POST};
use super::nonces::Nonces;
use super::options::EndpointOptions;
pub use super::pending::{BackchannelStep, PendingBackchannel};
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{
    BackchannelAuthenticationCompleteRequest, BackchannelAuthenticationCompleteResponse,
    BackchannelAuthenticationCompleteResponseAction, BackchannelAuthenticationFailRequest,
    BackchannelAuthenticationFailResponse, BackchannelAuthenticationFailResponseAction,
    BackchannelAuthenticationIssueRequest, BackchannelAuthenticationIssueResponse,
    BackchannelAuthenticationIssueResponseAction, BackchannelAuthenticationRequest,
    BackchannelAuthenticationResponse, BackchannelAuthenticationResponseAction, Secret,
};

next! {
    /// What comes after [`respond`].
    pub enum Next {
        /// Find the user.
        UserIdentification(state: UserIdentification),
    }
}

/// Find the user by the hint and check the user code, then call [`handle_issue`] or [`handle_fail`], with the options of
/// [`EndpointOptions::with`] and the nonces. After `handle_issue`, ask the user on the authentication device and call
/// [`handle_complete`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UserIdentification {
    /// What those functions take. Keep it on the server.
    pub ticket: Secret,
    /// The hint that identifies the user.
    pub hint: Option<Secret>,
    /// The user code, **which nobody has checked**.
    pub user_code: Option<Secret>,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: client, scopes, `acr` values, the message to show on the authentication device. What
    /// stands above it has been moved out.
    pub answer: BackchannelAuthenticationResponse,
}

impl UserIdentification {
    /// Whether there must be a user code.
    #[must_use]
    pub fn is_user_code_required(&self) -> bool {
        self.answer.user_code_required.unwrap_or_default()
    }

    /// The request with the user whom the hint identifies, if it does. `is_user_code` says whether the user code is that user's.
    /// Clone the [`nonces`](Self::nonces) before.
    ///
    /// # Errors
    /// What [`handle_fail`] takes: the hint identifies no user, or another one than the `id_token_hint` has; or the user code is
    /// missing or wrong.
    pub fn into_pending(
        self,
        subject: Option<&str>,
        is_user_code: impl FnOnce(&str) -> bool,
        now: SystemTime,
    ) -> Result<PendingBackchannel, BackchannelAuthenticationFailRequest> {
        let has_user_code = self.user_code.map(|code| is_user_code(code.expose()));
        PendingBackchannel::new(self.ticket, subject, has_user_code, self.answer, now)
    }
}

/// From the HTTP request to the request model: the raw parameters, and what the client authenticates itself with.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &http::Request<B>,
    options: &EndpointOptions,
) -> Result<BackchannelAuthenticationRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(POST)?;
    let model = BackchannelAuthenticationRequest::new(incoming.parameters(options)?);
    Ok(with_client!(model, incoming.client(options)?))
}

handle! { ciba_process_authentication -> Next }

finish! { handle_issue: ciba_issue(BackchannelAuthenticationIssueRequest), respond_issue -> Response<Bytes> }

finish! { handle_fail: ciba_fail(BackchannelAuthenticationFailRequest), respond_fail -> Response<Bytes> }

finish! { handle_complete: ciba_complete(BackchannelAuthenticationCompleteRequest), respond_complete -> CompleteNext }

/// From the answer of [`ciba_process_authentication`](crate::funcs::ciba_process_authentication) to what comes next at the
/// backchannel authentication endpoint: the user is to be found, or 400, 401 or 500 with JSON.
pub fn respond(mut answer: BackchannelAuthenticationResponse, options: &EndpointOptions) -> Next {
    let nonces = Nonces::of(None, answer.attestation_challenge.take());
    let reply = reply!(answer.action, BackchannelAuthenticationResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::basic(r#"Basic realm="backchannel/authentication""#),
        UserIdentification => match answer.ticket.take() {
            Some(ticket) => return Next::UserIdentification(unidentified(ticket, nonces, answer)),
            None => Reply::UNUSABLE,
        },
    });
    Next::Respond(reply.send(
        answer.response_content.take(),
        Some(code!("backchannel_authentication_api", answer)),
        options,
        nonces,
    ))
}

fn unidentified(
    ticket: Secret,
    nonces: Nonces,
    mut answer: BackchannelAuthenticationResponse,
) -> UserIdentification {
    let (hint, user_code) = (answer.hint.take(), answer.user_code.take());
    UserIdentification { ticket, hint, user_code, nonces, answer }
}

/// From the answer of [`ciba_issue`](crate::funcs::ciba_issue) to the response: 200 or 500 with JSON.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`UserIdentification`].
#[must_use]
pub fn respond_issue(
    mut answer: BackchannelAuthenticationIssueResponse,
    options: &EndpointOptions,
) -> Response<Bytes> {
    let reply = reply!(answer.action, BackchannelAuthenticationIssueResponseAction {
        Ok => Reply::json(StatusCode::OK),
        InternalServerError | InvalidTicket => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("backchannel_authentication_issue_api", answer)),
        options,
        Nonces::default(),
    )
}

/// From the answer of [`ciba_fail`](crate::funcs::ciba_fail) to the response: 400, 403 or 500 with JSON.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`UserIdentification`].
#[must_use]
pub fn respond_fail(
    mut answer: BackchannelAuthenticationFailResponse,
    options: &EndpointOptions,
) -> Response<Bytes> {
    let reply = reply!(answer.action, BackchannelAuthenticationFailResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        Forbidden => Reply::json(StatusCode::FORBIDDEN),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("backchannel_authentication_fail_api", answer)),
        options,
        Nonces::default(),
    )
}

next! {
    /// What comes after [`respond_complete`]. The client is not waiting for a response.
    pub enum CompleteNext {
        /// Notify the client.
        Notification(state: Notification),
        /// The decision is recorded, and the client polls for it: there is nothing to send.
        NoAction,
        /// The call was wrong, or Authlete has a problem. The decision is not recorded.
        ServerError,
    }
}

/// A message for the client's notification endpoint (OpenID Connect CIBA 1.0 section 10.2 and 10.3).
#[derive(Clone)]
#[non_exhaustive]
pub struct Notification {
    /// The URL of the endpoint.
    pub endpoint: String,
    /// The bearer token that the client gave for it.
    pub token: Secret,
    /// The JSON to post.
    pub content: Secret,
    /// What else is known of the request. What stands above it has been moved out.
    pub answer: BackchannelAuthenticationCompleteResponse,
}

impl fmt::Debug for Notification {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Notification").field("answer", &self.answer).finish_non_exhaustive()
    }
}

impl Notification {
    /// The request to send: a POST with the token. The client answers 200 or 204. Do not follow redirects.
    ///
    /// `None` if the endpoint is not a URL or the token cannot stand in a header.
    #[must_use]
    pub fn into_request(self) -> Option<Request<Bytes>> {
        let uri = Uri::from_maybe_shared(Bytes::from(self.endpoint)).ok()?;
        uri.scheme().and(uri.host())?;
        let mut authorization = header(format!("Bearer {}", self.token.expose()))?;
        authorization.set_sensitive(true);
        let mut request = Request::new(Bytes::from(self.content.into_text()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        request.headers_mut().insert(AUTHORIZATION, authorization);
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Some(request)
    }
}

/// From the answer of [`ciba_complete`](crate::funcs::ciba_complete) to what comes next. `Respond` is a 500: the answer is
/// unusable.
pub fn respond_complete(
    mut answer: BackchannelAuthenticationCompleteResponse,
    options: &EndpointOptions,
) -> CompleteNext {
    use CompleteNext as Next;
    let reply = reply!(answer.action, BackchannelAuthenticationCompleteResponseAction {
        NoAction => return Next::NoAction,
        ServerError => return Next::ServerError,
        Notification => {
            let token = answer.client_notification_token.take();
            let content = answer.response_content.take();
            match (answer.client_notification_endpoint.take(), token, content) {
                (Some(endpoint), Some(token), Some(content)) => {
                    return Next::Notification(Notification { endpoint, token, content, answer });
                }
                _ => Reply::UNUSABLE,
            }
        }
    });
    Next::Respond(reply.send(
        (),
        Some(code!("backchannel_authentication_complete_api", answer)),
        options,
        Nonces::default(),
    ))
}
