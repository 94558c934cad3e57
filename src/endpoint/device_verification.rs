//! The pages of the device flow, on which a user types the code of a device (RFC 8628 section 3.3).
//!
//! | | |
//! |---|---|
//! | RFC | 8628 section 3.3 |
//! | request | GET or POST of a form with `user_code` |
//! | states | `Valid`, `Expired`, `NotExist`, `ServerError`: a page for each |
//! | CORS | none: browsers navigate to it |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, device_verification};
//! # fn page(_: &str) -> Response<Bytes> { Response::default() }
//!
//! async fn device(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     use device_verification::Next;
//!     match device_verification::handle(core, request, options).await {
//!         Next::Respond(response) => response,
//!         Next::Valid(request) => page(request.client_name.as_deref().unwrap_or_default()),
//!         Next::Expired => page("start again on the device"),
//!         // Count the tries (RFC 8628 section 5.1).
//!         Next::NotExist => page("there is no such code"),
//!         Next::ServerError => page("try again later"),
//!     }
//! }
//! ```

use http::Request;

use super::form;
use super::incoming::{GET_OR_POST, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
pub use super::pending::{DeviceStep, PendingDevice};
use super::refusal::Refusal;
use crate::models::{
    DeviceCompleteRequest, DeviceCompleteResponse, DeviceCompleteResponseAction, DeviceVerificationRequest,
    DeviceVerificationResponse, DeviceVerificationResponseAction,
};

/// A user code as Authlete knows it, from one as a user types it: without spaces, hyphens and other punctuation, in upper
/// case (RFC 8628 section 6.1).
///
/// ```
/// use authlete::endpoint::device_verification::user_code;
///
/// assert_eq!(user_code(" wdjb-mjht "), "WDJBMJHT");
/// ```
#[must_use]
pub fn user_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_uppercase())
        .collect()
}

/// From the HTTP request to the request model: the parameter `user_code`, of a form or of `verification_uri_complete`, as
/// [`user_code`] reads it.
///
/// # Errors
/// A [`Refusal`]; [`MalformedParameters`](Refusal::MalformedParameters) if there is no code: show the form.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<DeviceVerificationRequest, Refusal> {
    let parameters = Incoming::of(request).with_method(GET_OR_POST)?.parameters(options)?;
    let code =
        form::value(parameters, "user_code").map(|typed| user_code(&typed)).filter(|code| !code.is_empty());
    Ok(DeviceVerificationRequest::new(code.ok_or(Refusal::MalformedParameters)?))
}

handle! { device_flow_verification -> Next }

finish! { handle_complete: device_flow_complete(DeviceCompleteRequest), respond_complete -> CompleteNext }

next! {
    /// What comes after [`respond`]: a page for the user, whatever it is.
    pub enum Next {
        /// Show the client and what it asks for, and let the user decide: see [`PendingDevice`].
        Valid(request: DeviceVerificationResponse),
        /// The code has expired. Ask the user to start again on the device.
        Expired,
        /// There is no such code. Ask again, a limited number of times (RFC 8628 section 5.1).
        NotExist,
        /// Authlete has a problem. Show an error page.
        ServerError,
    }
}

/// From the answer of [`device_flow_verification`](crate::funcs::device_flow_verification) to what the user sees next. `Respond`
/// is a 500: the answer is unusable.
pub fn respond(mut answer: DeviceVerificationResponse, options: &EndpointOptions) -> Next {
    let reply = reply!(answer.action, DeviceVerificationResponseAction {
        Valid => return Next::Valid(answer),
        Expired => return Next::Expired,
        NotExist => return Next::NotExist,
        InternalServerError | ServerError => return Next::ServerError,
    });
    Next::Respond(reply.send((), Some(code!("device_verification_api", answer)), options, Nonces::default()))
}

next! {
    /// What comes after [`respond_complete`]: a page for the user, whatever it is.
    pub enum CompleteNext {
        /// The decision is recorded. Send the user back to the device.
        Success,
        /// The call was wrong. Show an error page.
        InvalidRequest,
        /// The code has expired. Ask the user to start again on the device.
        UserCodeExpired,
        /// There is no such code any more.
        UserCodeNotExist,
        /// Authlete has a problem. Show an error page.
        ServerError,
    }
}

/// From the answer of [`device_flow_complete`](crate::funcs::device_flow_complete) to what the user sees next. `Respond`
/// is a 500: the answer is unusable.
pub fn respond_complete(mut answer: DeviceCompleteResponse, options: &EndpointOptions) -> CompleteNext {
    use CompleteNext as Next;
    let reply = reply!(answer.action, DeviceCompleteResponseAction {
        Success => return Next::Success,
        InvalidRequest => return Next::InvalidRequest,
        UserCodeExpired => return Next::UserCodeExpired,
        UserCodeNotExist => return Next::UserCodeNotExist,
        ServerError => return Next::ServerError,
    });
    Next::Respond(reply.send((), Some(code!("device_complete_api", answer)), options, Nonces::default()))
}
