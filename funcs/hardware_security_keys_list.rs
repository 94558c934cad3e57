use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::HskGetListResponse;
use crate::models::operations::HskGetListApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "hsk_get_list_api",
    method: Method::GET,
    template: "/api/{serviceId}/hsk/get/list",
    replay: Replay::Safe,
};

/// Lists the keys of a service in hardware security modules, all at once.
///
/// | `action` | what to do |
/// |---|---|
/// | `SUCCESS` | The keys are in `hsks`. |
/// | `INVALID_REQUEST` | The call was wrong. Log `result_code`. |
/// | `SERVER_ERROR` | Authlete or the module has a problem. |
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::hardware_security_keys_list;
/// use authlete::models::HskGetListResponseAction as Action;
/// use authlete::models::operations::HskGetListApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = HskGetListApiRequest::new();
/// let answer = hardware_security_keys_list(&core, &request, None).await?.into_value();
/// if answer.action == Some(Action::Success) {
///     for key in answer.hsks.unwrap_or_default() {
///         println!("{:?} {:?}", key.kid, key.handle);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "hsk_get_list_api")]
#[doc(alias = "hardwareSecurityKeysList")]
#[doc(alias = "list")]
pub async fn hardware_security_keys_list(
    core: &AuthleteCore,
    request: &HskGetListApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<HskGetListResponse> {
    Call::new(core, &OPERATION, options).service(request.service_id.as_deref()).send().await.json()
}
