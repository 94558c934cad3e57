use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::DeviceVerificationResponse;
use crate::models::operations::DeviceVerificationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "device_verification_api",
    method: Method::POST,
    template: "/api/{serviceId}/device/verification",
    replay: Replay::Safe,
};

/// Looks up the user code that a user typed in (RFC 8628 section 3.3).
///
/// Call it from the verification page. Strip spaces and dashes, and convert the code to the letter case of the
/// service's codes (RFC 8628 section 6.1): Authlete compares it exactly. Limit how often a user may try (RFC 8628
/// section 5.1). If the code is valid, authenticate the user, show which client asks for what, and pass the decision to
/// [`device_flow_complete`](crate::funcs::device_flow_complete).
///
/// | `action` | what to do |
/// |---|---|
/// | `VALID` | Authenticate the user and ask for consent, then call [`device_flow_complete`](crate::funcs::device_flow_complete). |
/// | `EXPIRED` | Say that the code has expired: the user must start again on the device. |
/// | `NOT_EXIST` | Say that there is no such code, and let the user try again. |
/// | `INTERNAL_SERVER_ERROR`, `SERVER_ERROR` | Authlete has a problem. Show an error page. |
///
/// [`endpoint::device_verification::respond`](crate::endpoint::device_verification::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::device_flow_verification;
/// use authlete::models::operations::DeviceVerificationApiRequest;
/// use authlete::models::{
///     DeviceVerificationRequest, DeviceVerificationResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = DeviceVerificationRequest::new("WDJBMJHT");
/// let request = DeviceVerificationApiRequest::new(body);
/// let answer = device_flow_verification(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::Valid) => println!("{:?} asks", answer.client_name),
///     Some(Action::Expired) => println!("start again on the device"),
///     Some(Action::NotExist) => println!("no such code"),
///     _ => println!("failed with {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "device_verification_api")]
#[doc(alias = "deviceFlowVerification")]
#[doc(alias = "verification")]
pub async fn device_flow_verification(
    core: &AuthleteCore,
    request: &DeviceVerificationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<DeviceVerificationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.device_verification_request)
        .send()
        .await
        .json()
}
