use std::pin::pin;

use http::StatusCode;
use tokio::time::Instant;

use super::token_operations_auth_token_create_batch_status_api::{
    OPERATION, token_operations_auth_token_create_batch_status_api,
};
use crate::models::TokenBatchStatus;
use crate::models::operations::AuthTokenCreateBatchStatusApiRequest;
use crate::retry::share;
use crate::timer::{Race, Timer, after, new_sleep};
use crate::{ApiResult, AuthleteCore, AuthleteError, WaitOptions};

/// Waits until a batch of tokens is finished, and returns its status.
///
/// It asks for the status again and again, with growing pauses. Unfinished is a batch without a `result`, and, for the
/// grace in the options, one that is not found. A failed batch is `Ok`: look at
/// [`result`](TokenBatchStatus::result), and find out which of its tokens exist before sending any of them again.
///
/// Dropping the future ends the wait; the batch goes on at the server.
///
/// # Errors
/// - [`RequestTimeout`](AuthleteError::RequestTimeout) with the phase [`Wait`](crate::TimeoutPhase::Wait) if the batch is
///   not finished in time. It can be waited for again.
/// - The error of the last question, if it is not of a passing kind or too many in a row have failed.
///
/// ```no_run
/// use authlete::funcs::token_operations_wait_for_batch;
/// use authlete::models::TokenBatchStatusResult;
/// use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;
/// use authlete::{AuthleteCore, WaitOptions};
///
/// # async fn example() -> Result<(), authlete::AuthleteError> {
/// let core = AuthleteCore::from_env()?;
/// let request = AuthTokenCreateBatchStatusApiRequest::new("dQw4w9WgXcQ_jNQXAC9IVQ");
/// let status = token_operations_wait_for_batch(&core, &request, &WaitOptions::default()).await?.into_value();
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
    let started = Instant::now();
    let deadline = after(started, options.timeout);
    let Some(sleep) = new_sleep(deadline) else {
        return Err(AuthleteError::no_timer(&OPERATION));
    };
    let mut timer = Timer(pin!(sleep));
    let mut failures = 0;
    for questions in 1.. {
        let question =
            token_operations_auth_token_create_batch_status_api(core, request, Some(&options.request));
        let Race::Won(answer) = timer.race(deadline, pin!(question)).await else {
            break;
        };
        let mut asked_to_wait = None;
        match answer {
            Ok(answer) => {
                failures = 0;
                if answer.value.status.as_ref().is_some_and(|status| status.result.is_some()) {
                    return Ok(answer.map(|answer| answer.status.unwrap_or_default()));
                }
            }
            Err(error) if is_not_found(&error) && started.elapsed() < options.not_found_grace => {}
            Err(error) if error.is_retryable() && failures < options.max_failures => {
                failures += 1;
                asked_to_wait = error.retry_after();
            }
            Err(error) => return Err(error),
        }
        let ceiling = options.pauses.ceiling(questions);
        let pause = share(ceiling, 0.5 + core.settings().random.draw() / 2.0);
        let next = after(Instant::now(), pause.max(asked_to_wait.unwrap_or_default()));
        if next >= deadline {
            break;
        }
        timer.sleep(next).await;
    }
    Err(AuthleteError::waited_too_long(&OPERATION))
}

/// Whether Authlete itself does not know the batch; a gateway's 404 has no JSON object.
fn is_not_found(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::Result { .. })
        && error.http().is_some_and(|http| http.status == StatusCode::NOT_FOUND)
}
