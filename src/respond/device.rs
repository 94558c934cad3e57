//! The device flow (RFC 8628).

use bytes::Bytes;
use http::{Response, StatusCode};

use super::how::{How, Nonces};
use super::reply::Reply;
use crate::models::{
    DeviceAuthorizationResponse, DeviceAuthorizationResponseAction, DeviceCompleteResponse,
    DeviceCompleteResponseAction, DeviceVerificationResponse, DeviceVerificationResponseAction,
};

/// From the answer of [`device_flow_authorization`](crate::funcs::device_flow_authorization) to the response: 200, 400, 401
/// or 500 with JSON.
#[must_use]
pub fn device_authorization(mut answer: DeviceAuthorizationResponse, how: &How) -> Response<Bytes> {
    let nonces = Nonces::of(None, answer.attestation_challenge.take());
    let reply = reply!(answer.action, DeviceAuthorizationResponseAction {
        Ok => Reply::json(StatusCode::OK),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::basic(r#"Basic realm="device/authorization""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, nonces)
}

next! {
    /// What comes after [`device_verification`]: a page for the user, whatever it is.
    pub enum DeviceVerificationNext {
        /// Show the client and what it asks for, and let the user decide.
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
pub fn device_verification(answer: DeviceVerificationResponse, how: &How) -> DeviceVerificationNext {
    use DeviceVerificationNext as Next;
    let reply = reply!(answer.action, DeviceVerificationResponseAction {
        Valid => return Next::Valid(answer),
        Expired => return Next::Expired,
        NotExist => return Next::NotExist,
        InternalServerError | ServerError => return Next::ServerError,
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}

next! {
    /// What comes after [`device_complete`]: a page for the user, whatever it is.
    pub enum DeviceCompleteNext {
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
pub fn device_complete(answer: DeviceCompleteResponse, how: &How) -> DeviceCompleteNext {
    use DeviceCompleteNext as Next;
    let reply = reply!(answer.action, DeviceCompleteResponseAction {
        Success => return Next::Success,
        InvalidRequest => return Next::InvalidRequest,
        UserCodeExpired => return Next::UserCodeExpired,
        UserCodeNotExist => return Next::UserCodeNotExist,
        ServerError => return Next::ServerError,
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}
