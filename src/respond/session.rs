//! Native SSO, and the ends of sessions.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};

use super::how::{How, Nonces};
use super::reply::{JSON, Reply};
use crate::models::{
    BackchannelLogoutTokenResponse, BackchannelLogoutTokenResponseAction, NativeSsoLogoutResponse,
    NativeSsoLogoutResponseAction, NativeSsoResponse, NativeSsoResponseAction, Secret,
};

/// From the answer of [`native_sso_process`](crate::funcs::native_sso_process) to the token response, 200 or 500 with JSON.
/// `CALLER_ERROR` is a mistake of the server: log its `result_code` first.
///
/// Take `how` from [`How::with`] and the nonces of [`NativeSso`](super::NativeSso).
#[must_use]
pub fn native_sso(mut answer: NativeSsoResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, NativeSsoResponseAction {
        Ok => Reply::body(StatusCode::OK, "application/json"),
        InternalServerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, "application/json"),
        CallerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, JSON),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

next! {
    /// What comes after [`native_sso_logout`]. Nothing of it is for the client.
    pub enum NativeSsoLogoutNext {
        /// The session's records are deleted.
        LoggedOut(count: Option<i64>),
        /// Authlete has a problem. Show an error page.
        ServerError,
    }
}

/// From the answer of [`native_sso_logout`](crate::funcs::native_sso_logout) to what comes next. `Respond` is a bare 500:
/// the call was wrong, or the answer is unusable.
pub fn native_sso_logout(answer: NativeSsoLogoutResponse, how: &How) -> NativeSsoLogoutNext {
    use NativeSsoLogoutNext as Next;
    let reply = reply!(answer.action, NativeSsoLogoutResponseAction {
        Ok => return Next::LoggedOut(answer.count),
        ServerError => return Next::ServerError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}

next! {
    /// What comes after [`backchannel_logout_token`]. Nothing of it is for the client that asked.
    pub enum BackchannelLogoutTokenNext {
        /// Tell the client that the user has logged out.
        Logout(state: Logout),
        /// Authlete has a problem. The client is not told.
        ServerError,
    }
}

/// A message for a client's logout endpoint (OpenID Connect Back-Channel Logout 1.0 section 2.5).
#[derive(Clone, Debug)]
pub struct Logout {
    /// The logout token.
    pub token: Secret,
    /// The client's `backchannel_logout_uri`. It may have none.
    pub uri: Option<String>,
}

impl Logout {
    /// The request to send: a POST of the token as a form. The client answers 200 or 204.
    ///
    /// `None` if the client has no logout URL, or if it is not a URL.
    #[must_use]
    pub fn into_request(self) -> Option<Request<Bytes>> {
        let uri = Uri::from_maybe_shared(Bytes::from(self.uri?)).ok()?;
        uri.scheme().and(uri.host())?;
        // A JWT has no character that a form would encode.
        let mut request = Request::new(Bytes::from(format!("logout_token={}", self.token.expose())));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        Some(request)
    }
}

/// From the answer of [`backchannel_logout_token`](crate::funcs::backchannel_logout_token) to what comes next. `Respond`
/// is a bare 500: the call was wrong, or the answer is unusable.
pub fn backchannel_logout_token(
    mut answer: BackchannelLogoutTokenResponse,
    how: &How,
) -> BackchannelLogoutTokenNext {
    use BackchannelLogoutTokenNext as Next;
    let reply = reply!(answer.action, BackchannelLogoutTokenResponseAction {
        Ok => match answer.logout_token.take() {
            Some(token) => return Next::Logout(Logout { token, uri: answer.backchannel_logout_uri }),
            None => Reply::UNUSABLE,
        },
        ServerError => return Next::ServerError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}
