use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::HskDeleteResponse;
use crate::models::operations::HskDeleteApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "hsk_delete_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/hsk/delete/{handle}",
    replay: Replay::Safe,
};

/// Deletes a key from a hardware security module.
///
/// A key that is gone cannot be restored: whatever is encrypted for it is lost.
///
/// | `action` | what to do |
/// |---|---|
/// | `SUCCESS`, or none | The key is deleted. The usual answer, a 204, has no body: it is the default value, without an action. |
/// | `NOT_FOUND` | There is no such key. |
/// | `INVALID_REQUEST` | The call was wrong. Log `result_code`. |
/// | `SERVER_ERROR` | Authlete or the module has a problem. |
///
/// # Replay
/// Safe: a key is deleted once. After an attempt whose answer was lost, the next one may not find the key.
///
/// # Errors
/// `SdkValidation` also if the handle cannot be a path segment.
///
/// ```no_run
/// use authlete::funcs::hardware_security_keys_delete;
/// use authlete::models::HskDeleteResponseAction as Action;
/// use authlete::models::operations::HskDeleteApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = HskDeleteApiRequest::new("pf0WDk7LR-7HmUx3hsm5VhmRlYIbXbYQmsgMdVrNwCA");
/// let answer = hardware_security_keys_delete(&core, &request, None).await?.into_value();
/// match answer.action {
///     None | Some(Action::Success) => println!("deleted"),
///     _ => println!("failed with {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "hsk_delete_api")]
#[doc(alias = "hardwareSecurityKeysDelete")]
#[doc(alias = "delete")]
pub async fn hardware_security_keys_delete(
    core: &AuthleteCore,
    request: &HskDeleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<HskDeleteResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("handle", &request.handle)
        .send()
        .await
        .json_or_default()
}
