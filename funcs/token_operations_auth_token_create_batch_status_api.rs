use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenCreateBatchStatusResponse;
use crate::models::operations::AuthTokenCreateBatchStatusApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

pub(super) const OPERATION: Operation = Operation {
    id: "auth_token_create_batch_status_api",
    method: Method::GET,
    template: "/api/{serviceId}/auth/token/create/batch/status/{tokenBatchRequestId}",
    replay: Replay::Safe,
};

/// Gets the status of a batch of tokens.
///
/// A batch without a [`result`](crate::models::TokenBatchStatus::result) is unfinished: the API has no other sign of
/// it. A failed batch is `Ok` with the result [`Failed`](crate::models::TokenBatchStatusResult::Failed), and some of
/// its tokens may exist. To wait for the end, use
/// [`token_operations_wait_for_batch`](crate::funcs::token_operations_wait_for_batch).
///
/// # Replay
/// Safe: it only reads.
///
/// # Errors
/// `SdkValidation` also if the batch's ID cannot be a path segment. A 404 with the code `A481302` if the batch is
/// unknown, which it may be right after its creation.
///
/// ```no_run
/// use authlete::funcs::token_operations_auth_token_create_batch_status_api;
/// use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthTokenCreateBatchStatusApiRequest::new("dQw4w9WgXcQ_jNQXAC9IVQ")
///     .service_id("1234567890");
/// let answer =
///     token_operations_auth_token_create_batch_status_api(&core, &request, None).await?;
/// match answer.value.status.and_then(|status| status.result) {
///     Some(result) => println!("{result}"),
///     None => println!("unfinished"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_create_batch_status_api")]
#[doc(alias = "tokenOperationsAuthTokenCreateBatchStatusApi")]
#[doc(alias = "status")]
#[doc(alias = "token_create_batch_status")]
pub async fn token_operations_auth_token_create_batch_status_api(
    core: &AuthleteCore,
    request: &AuthTokenCreateBatchStatusApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenCreateBatchStatusResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("tokenBatchRequestId", &request.token_batch_request_id)
        .send()
        .await
        .json()
}
