use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientFlagUpdateResponse;
use crate::models::operations::ClientFlagUpdateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_flag_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/lock_flag/update/{clientIdentifier}",
    replay: Replay::Safe,
};

/// Locks or unlocks a client.
///
/// The service refuses the requests of a locked client. The flag is [`locked`](crate::models::Client::locked) of
/// the client.
///
/// # Replay
/// Safe: a second request sets the same flag.
///
/// ```no_run
/// use authlete::funcs::client_management_update_lock_flag;
/// use authlete::models::ClientFlagUpdateRequest;
/// use authlete::models::operations::ClientFlagUpdateApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request =
///     ClientFlagUpdateApiRequest::new("26478243745571", ClientFlagUpdateRequest::new(true));
/// let answer = client_management_update_lock_flag(&core, &request, None).await?;
/// println!("{:?}", answer.value.result_code);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_flag_update_api")]
#[doc(alias = "clientManagementUpdateLockFlag")]
#[doc(alias = "update")]
pub async fn client_management_update_lock_flag(
    core: &AuthleteCore,
    request: &ClientFlagUpdateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientFlagUpdateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientIdentifier", &request.client_identifier)
        .json_object(&request.client_flag_update_request)
        .send()
        .await
        .json()
}
