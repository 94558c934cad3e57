//! Native SSO (OpenID Connect Native SSO 1.0), which goes on from [`token::NativeSso`](super::token::NativeSso), and its logout.
//!
//! | | |
//! |---|---|
//! | RFC | OpenID Connect Native SSO 1.0 |
//! | request | none of its own: the state [`token::NativeSso`](super::token::NativeSso); for the logout the ID of a session |
//! | response | 200 or 500 with JSON, as the token response; the logout answers the application, not a client |
//! | states | of the logout [`LogoutNext`] |
//! | CORS | as at the token endpoint |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use authlete::models::{NativeSsoRequest, Secret};
//! # use bytes::Bytes;
//! # use http::Response;
//! use authlete::endpoint::{EndpointOptions, native_sso, token};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     state: token::NativeSso,
//!     device_secret: impl FnOnce(&token::NativeSso) -> Option<Secret>,
//! ) -> Response<Bytes> {
//!     // That of the request, or a new one. None if the session has ended.
//!     let Some(device_secret) = device_secret(&state) else {
//!         return state.refuse(options);
//!     };
//!     let options = options.with(&state.nonces);
//!     let mut request = NativeSsoRequest::new(state.access_token, device_secret);
//!     request.refresh_token = state.answer.refresh_token;
//!     native_sso::handle(core, request, &options).await
//! }
//! ```

use bytes::Bytes;
use http::{Response, StatusCode};

use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::reply::{JSON, Reply};
use crate::models::{
    NativeSsoLogoutRequest, NativeSsoLogoutResponse, NativeSsoLogoutResponseAction, NativeSsoRequest,
    NativeSsoResponse, NativeSsoResponseAction,
};

finish! { handle: native_sso_process(NativeSsoRequest), respond -> Response<Bytes> }

finish! { handle_logout: native_sso_logout(NativeSsoLogoutRequest), respond_logout -> LogoutNext }

/// From the answer of [`native_sso_process`](crate::funcs::native_sso_process) to the token response, 200 or 500 with JSON.
/// `CALLER_ERROR` is a mistake of the server: log its `result_code` first.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`token::NativeSso`](super::token::NativeSso).
#[must_use]
pub fn respond(mut answer: NativeSsoResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, NativeSsoResponseAction {
        Ok => Reply::body(StatusCode::OK, "application/json"),
        InternalServerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, "application/json"),
        CallerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, JSON),
    });
    reply.send(
        answer.response_content.take(),
        Some(code!("native_sso_api", answer)),
        options,
        Nonces::default(),
    )
}

next! {
    /// What comes after [`respond_logout`]. Nothing of it is for the client.
    pub enum LogoutNext {
        /// The session's records are deleted.
        LoggedOut(count: Option<i64>),
        /// Authlete has a problem. Show an error page.
        ServerError,
    }
}

/// From the answer of [`native_sso_logout`](crate::funcs::native_sso_logout) to what comes next. `Respond` is a bare 500:
/// the call was wrong, or the answer is unusable.
pub fn respond_logout(mut answer: NativeSsoLogoutResponse, options: &EndpointOptions) -> LogoutNext {
    use LogoutNext as Next;
    let reply = reply!(answer.action, NativeSsoLogoutResponseAction {
        Ok => return Next::LoggedOut(answer.count),
        ServerError => return Next::ServerError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    Next::Respond(reply.send((), Some(code!("native_sso_logout_api", answer)), options, Nonces::default()))
}
