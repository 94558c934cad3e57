use super::token_operations_auth_token_create_batch_status_api::{
    OPERATION, token_operations_auth_token_create_batch_status_api,
};
use crate::composite::{WaitState, wait_until};
use crate::models::operations::AuthTokenCreateBatchStatusApiRequest;
use crate::models::{TokenBatchStatus, TokenBatchStatusResult, TokenCreateBatchStatusResponse};
use crate::{ApiResult, AuthleteCore, RequestOptions, WaitOptions};

/// Waits until a batch of tokens is finished, and returns its status.
///
/// It asks for the status again and again, with growing pauses. Only `SUCCEEDED` and `FAILED` end the wait: a batch without a
/// `result`, with another word for one, or, for the grace in the options, not found is waited for, and what the server says of
/// another batch counts for nothing. A status that names no batch is taken for this one's. A failed batch is `Ok`: look at
/// [`result`](TokenBatchStatus::result), and find out which of its tokens exist before you send any of them again.
///
/// # Replay
/// Safe: it only reads.
///
/// # Cancel safety
/// Cancel safe: dropping the future ends the wait, and the batch goes on at the server.
///
/// # Errors
/// - [`RequestTimeout`](crate::AuthleteError::RequestTimeout) with the phase [`Wait`](crate::TimeoutPhase::Wait) if the
///   batch is not finished in time. You can wait for it again.
/// - The error of the last question if it is not transient, if questions have failed for too long, or if no time is left to
///   ask again. [`last_state`](crate::AuthleteError::last_state) is what was last said of the batch.
///
/// ```no_run
/// use authlete::WaitOptions;
/// use authlete::funcs::token_operations_wait_for_batch;
/// use authlete::models::TokenBatchStatusResult;
/// use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthTokenCreateBatchStatusApiRequest::new("dQw4w9WgXcQ_jNQXAC9IVQ");
/// let status = token_operations_wait_for_batch(&core, &request, &WaitOptions::default())
///     .await?
///     .into_value();
/// if status.result != Some(TokenBatchStatusResult::Succeeded) {
///     println!("failed with {:?}", status.error_code);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn token_operations_wait_for_batch(
    core: &AuthleteCore,
    request: &AuthTokenCreateBatchStatusApiRequest,
    options: &WaitOptions,
) -> ApiResult<TokenBatchStatus> {
    let ask = |options: RequestOptions| async move {
        token_operations_auth_token_create_batch_status_api(core, request, Some(&options)).await
    };
    let asked = &request.token_batch_request_id;
    let progress = |answer: &TokenCreateBatchStatusResponse| match &answer.status {
        Some(status) if status.request_id.as_ref().is_none_or(|answered| answered == asked) => {
            match &status.result {
                Some(TokenBatchStatusResult::Succeeded | TokenBatchStatusResult::Failed) => WaitState::Over,
                result => WaitState::Pending(result.as_ref().map(|result| result.as_str().to_owned())),
            }
        }
        _ => WaitState::Pending(None),
    };
    let answer = wait_until(core, &OPERATION, options, ask, progress).await?;
    Ok(answer.map(|answer| answer.status.unwrap_or_default()))
}
