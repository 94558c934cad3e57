//! Backchannel authentication (OpenID Connect CIBA 1.0).

use std::fmt;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};

use super::headers::header;
use super::how::{How, Nonces};
use super::reply::Reply;
use crate::models::{
    BackchannelAuthenticationCompleteResponse, BackchannelAuthenticationCompleteResponseAction,
    BackchannelAuthenticationFailResponse, BackchannelAuthenticationFailResponseAction,
    BackchannelAuthenticationIssueResponse, BackchannelAuthenticationIssueResponseAction,
    BackchannelAuthenticationResponse, BackchannelAuthenticationResponseAction, Secret,
    UserIdentificationHintType,
};

next! {
    /// What comes after [`backchannel_authentication`].
    pub enum BackchannelAuthenticationNext {
        /// Find the user.
        UserIdentification(state: UserIdentification),
    }
}

/// Find the user by the hint and check the user code, then call [`ciba_issue`](crate::funcs::ciba_issue) or
/// [`ciba_fail`](crate::funcs::ciba_fail). After `ciba_issue`, ask the user on the authentication device and call
/// [`ciba_complete`](crate::funcs::ciba_complete).
#[derive(Clone, Debug)]
pub struct UserIdentification {
    /// What those functions take. Keep it on the server.
    pub ticket: Secret,
    /// Which of the three hints the client sent.
    pub hint_type: Option<UserIdentificationHintType>,
    /// The hint that identifies the user.
    pub hint: Option<Secret>,
    /// The `sub` of the ID token, if the hint is an `id_token_hint`.
    pub sub: Option<String>,
    /// Whether there must be a user code.
    pub user_code_required: bool,
    /// The user code, **which nobody has checked**.
    pub user_code: Option<Secret>,
    /// Authentication contexts, best first, that the login should meet.
    pub acrs: Vec<String>,
    /// The message to show on the authentication device.
    pub binding_message: Option<String>,
    /// For the response.
    pub nonces: Nonces,
    /// The request in all its detail: client, scopes. What stands above has been moved out of it.
    pub rest: BackchannelAuthenticationResponse,
}

/// From the answer of [`ciba_process_authentication`](crate::funcs::ciba_process_authentication) to what comes next at the
/// backchannel authentication endpoint: the user is to be found, or 400, 401 or 500 with JSON.
pub fn backchannel_authentication(
    mut answer: BackchannelAuthenticationResponse,
    how: &How,
) -> BackchannelAuthenticationNext {
    use BackchannelAuthenticationNext as Next;
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
    Next::Respond(reply.send(answer.response_content.take(), how, nonces))
}

fn unidentified(
    ticket: Secret,
    nonces: Nonces,
    mut rest: BackchannelAuthenticationResponse,
) -> UserIdentification {
    UserIdentification {
        ticket,
        hint_type: rest.hint_type.take(),
        hint: rest.hint.take(),
        sub: rest.sub.take(),
        user_code_required: rest.user_code_required.take().unwrap_or_default(),
        user_code: rest.user_code.take(),
        acrs: rest.acrs.take().unwrap_or_default(),
        binding_message: rest.binding_message.take(),
        nonces,
        rest,
    }
}

/// From the answer of [`ciba_issue`](crate::funcs::ciba_issue) to the response: 200 or 500 with JSON.
///
/// Take `how` from [`How::with`] and the nonces of [`UserIdentification`].
#[must_use]
pub fn backchannel_authentication_issue(
    mut answer: BackchannelAuthenticationIssueResponse,
    how: &How,
) -> Response<Bytes> {
    let reply = reply!(answer.action, BackchannelAuthenticationIssueResponseAction {
        Ok => Reply::json(StatusCode::OK),
        InternalServerError | InvalidTicket => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`ciba_fail`](crate::funcs::ciba_fail) to the response: 400, 403 or 500 with JSON.
///
/// Take `how` from [`How::with`] and the nonces of [`UserIdentification`].
#[must_use]
pub fn backchannel_authentication_fail(
    mut answer: BackchannelAuthenticationFailResponse,
    how: &How,
) -> Response<Bytes> {
    let reply = reply!(answer.action, BackchannelAuthenticationFailResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        Forbidden => Reply::json(StatusCode::FORBIDDEN),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

next! {
    /// What comes after [`backchannel_authentication_complete`]. The client is not waiting for a response.
    pub enum BackchannelAuthenticationCompleteNext {
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
pub struct Notification {
    /// The URL of the endpoint.
    pub endpoint: String,
    /// The bearer token that the client gave for it.
    pub token: Secret,
    /// The JSON to post.
    pub content: Secret,
    /// What else is known of the request. What stands above has been moved out of it.
    pub rest: BackchannelAuthenticationCompleteResponse,
}

impl fmt::Debug for Notification {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Notification").field("rest", &self.rest).finish_non_exhaustive()
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
pub fn backchannel_authentication_complete(
    mut answer: BackchannelAuthenticationCompleteResponse,
    how: &How,
) -> BackchannelAuthenticationCompleteNext {
    use BackchannelAuthenticationCompleteNext as Next;
    let reply = reply!(answer.action, BackchannelAuthenticationCompleteResponseAction {
        NoAction => return Next::NoAction,
        ServerError => return Next::ServerError,
        Notification => {
            let token = answer.client_notification_token.take();
            let content = answer.response_content.take();
            match (answer.client_notification_endpoint.take(), token, content) {
                (Some(endpoint), Some(token), Some(content)) => {
                    return Next::Notification(Notification { endpoint, token, content, rest: answer });
                }
                _ => Reply::UNUSABLE,
            }
        }
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}
