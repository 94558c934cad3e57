//! Back-channel logout (OpenID Connect Back-Channel Logout 1.0): what tells a client that its user has logged out.
//!
//! | | |
//! |---|---|
//! | RFC | OpenID Connect Back-Channel Logout 1.0 |
//! | request | none: the server itself begins, for each client where the user has a session |
//! | response | none: the state makes a request to the client |
//! | states | [`Logout`], `ServerError` |
//! | CORS | none: servers call it |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use authlete::models::BackchannelLogoutTokenRequest;
//! # use bytes::Bytes;
//! # use http::Request;
//! use authlete::endpoint::{EndpointOptions, logout};
//!
//! /// The request that tells a client, if there is a token and a URL for it.
//! async fn message(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: BackchannelLogoutTokenRequest,
//! ) -> Option<Request<Bytes>> {
//!     match logout::handle(core, request, options).await {
//!         logout::Next::Logout(state) => state.into_request(),
//!         logout::Next::ServerError | logout::Next::Respond(_) => None,
//!     }
//! }
//! ```

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, StatusCode, Uri};

use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::reply::Reply;
use crate::models::{
    BackchannelLogoutTokenRequest, BackchannelLogoutTokenResponse, BackchannelLogoutTokenResponseAction,
    Secret,
};

finish! { handle: backchannel_logout_token(BackchannelLogoutTokenRequest), respond -> Next }

next! {
    /// What comes after [`respond`]. Nothing of it is for the client that asked.
    pub enum Next {
        /// Tell the client that the user has logged out.
        Logout(state: Logout),
        /// Authlete has a problem. The client is not told.
        ServerError,
    }
}

/// A message for a client's logout endpoint (OpenID Connect Back-Channel Logout 1.0 section 2.5).
#[derive(Clone, Debug)]
#[non_exhaustive]
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
pub fn respond(mut answer: BackchannelLogoutTokenResponse, options: &EndpointOptions) -> Next {
    let reply = reply!(answer.action, BackchannelLogoutTokenResponseAction {
        Ok => match answer.logout_token.take() {
            Some(token) => return Next::Logout(Logout { token, uri: answer.backchannel_logout_uri }),
            None => Reply::UNUSABLE,
        },
        ServerError => return Next::ServerError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    Next::Respond(reply.send(
        (),
        Some(code!("backchannel_logout_token_api", answer)),
        options,
        Nonces::default(),
    ))
}
