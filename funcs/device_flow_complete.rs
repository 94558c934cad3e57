use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::DeviceCompleteResponse;
use crate::models::operations::DeviceCompleteApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "device_complete_api",
    method: Method::POST,
    template: "/api/{serviceId}/device/complete",
    replay: Replay::Unsafe,
};

/// Completes a device authorization: tells Authlete how the user decided (RFC 8628 section 3.3).
///
/// Call it after [`device_flow_verification`](crate::funcs::device_flow_verification), with the same user code.
/// Authlete does not know who the user is: `subject` must be the user of the session in which the code was verified.
/// The device learns the outcome at the token endpoint, which [`token_process`](crate::funcs::token_process) serves.
///
/// | `action` | what to do |
/// |---|---|
/// | `SUCCESS` | The decision is recorded. Send the user back to the device. |
/// | `USER_CODE_EXPIRED` | The code has expired: the user must start again on the device. |
/// | `USER_CODE_NOT_EXIST` | There is no such code any more: the user must start again on the device. |
/// | `INVALID_REQUEST` | The call was wrong. Log `result_code` and show an error page. |
/// | `SERVER_ERROR` | Authlete has a problem: the user must start again on the device. |
///
/// [`endpoint::device_verification::respond_complete`](crate::endpoint::device_verification::respond_complete()) does so.
///
/// # Replay
/// Unsafe: a decision is recorded once. After a success, a second request fails.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::device_flow_complete;
/// use authlete::models::operations::DeviceCompleteApiRequest;
/// use authlete::models::{
///     DeviceCompleteRequest, DeviceCompleteRequestResult,
///     DeviceCompleteResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let decision = DeviceCompleteRequestResult::Authorized;
/// let body = DeviceCompleteRequest::new("WDJBMJHT", decision).subject("john");
/// let request = DeviceCompleteApiRequest::new(body);
/// let answer = device_flow_complete(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::Success) => println!("go back to the device"),
///     _ => println!("start again on the device"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "device_complete_api")]
#[doc(alias = "deviceFlowComplete")]
#[doc(alias = "complete")]
pub async fn device_flow_complete(
    core: &AuthleteCore,
    request: &DeviceCompleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<DeviceCompleteResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.device_complete_request)
        .send()
        .await
        .json()
}
