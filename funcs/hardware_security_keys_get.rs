use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::HskGetResponse;
use crate::models::operations::HskGetApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "hsk_get_api",
    method: Method::GET,
    template: "/api/{serviceId}/hsk/get/{handle}",
    replay: Replay::Safe,
};

/// Gets a key in a hardware security module: its public part.
///
/// | `action` | what to do |
/// |---|---|
/// | `SUCCESS` | The key is in `hsk`. |
/// | `NOT_FOUND` | There is no such key. |
/// | `INVALID_REQUEST` | The call was wrong. Log `result_code`. |
/// | `SERVER_ERROR` | Authlete or the module has a problem. |
///
/// # Replay
/// Safe: it only reads.
///
/// # Errors
/// `SdkValidation` also if the handle cannot be a path segment.
///
/// ```no_run
/// use authlete::funcs::hardware_security_keys_get;
/// use authlete::models::HskGetResponseAction as Action;
/// use authlete::models::operations::HskGetApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = HskGetApiRequest::new("pf0WDk7LR-7HmUx3hsm5VhmRlYIbXbYQmsgMdVrNwCA");
/// let answer = hardware_security_keys_get(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::Success) => println!("{:?}", answer.hsk.and_then(|key| key.public_key)),
///     Some(Action::NotFound) => println!("no such key"),
///     _ => println!("failed with {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "hsk_get_api")]
#[doc(alias = "hardwareSecurityKeysGet")]
#[doc(alias = "get")]
pub async fn hardware_security_keys_get(
    core: &AuthleteCore,
    request: &HskGetApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<HskGetResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("handle", &request.handle)
        .send()
        .await
        .json()
}
