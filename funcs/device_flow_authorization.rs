use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::DeviceAuthorizationResponse;
use crate::models::operations::DeviceAuthorizationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "device_authorization_api",
    method: Method::POST,
    template: "/api/{serviceId}/device/authorization",
    replay: Replay::Unsafe,
};

/// Processes a device authorization request (RFC 8628 section 3.1).
///
/// Call it from the device authorization endpoint, with the raw body in `parameters` and the client's credentials
/// beside it. The answer gives the device its codes. When the user types the user code into the verification page, go
/// on with [`device_flow_verification`](crate::funcs::device_flow_verification); meanwhile the device polls the token
/// endpoint, which [`token_process`](crate::funcs::token_process) serves. If the response has an
/// `attestation_challenge`, send it in an `OAuth-Client-Attestation-Challenge` header, whatever the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `UNAUTHORIZED` | The client is not authenticated. Answer 401 with `response_content` as JSON and a challenge in `WWW-Authenticate`. |
/// | `INTERNAL_SERVER_ERROR` | The call was wrong, or Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::device_authorization::respond`](crate::endpoint::device_authorization::respond()) does so.
///
/// # Replay
/// Unsafe: a second request creates a second pair of codes.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::device_flow_authorization;
/// use authlete::models::operations::DeviceAuthorizationApiRequest;
/// use authlete::models::{
///     DeviceAuthorizationRequest, DeviceAuthorizationResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = DeviceAuthorizationRequest::new("client_id=26478243745571&scope=timeline.read");
/// let request = DeviceAuthorizationApiRequest::new(body);
/// let answer = device_flow_authorization(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::BadRequest) => 400,
///     Some(Action::Unauthorized) => 401,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "device_authorization_api")]
#[doc(alias = "deviceFlowAuthorization")]
#[doc(alias = "authorization")]
pub async fn device_flow_authorization(
    core: &AuthleteCore,
    request: &DeviceAuthorizationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<DeviceAuthorizationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.device_authorization_request)
        .send()
        .await
        .json()
}
