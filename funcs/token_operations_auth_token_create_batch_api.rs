use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenCreateBatchResponse;
use crate::models::operations::AuthTokenCreateBatchApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_create_batch_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/token/create/batch",
    replay: Replay::Unsafe,
};

/// Hands Authlete a batch of tokens to create.
///
/// Authlete accepts the batch and carries it out afterwards. Ask for its status by
/// [`token_operations_auth_token_create_batch_status_api`](crate::funcs::token_operations_auth_token_create_batch_status_api)
/// with the `request_id` of the answer, or wait for the end by
/// [`token_operations_wait_for_batch`](crate::funcs::token_operations_wait_for_batch). With `dry_run` the batch is only
/// checked, and nothing is created.
///
/// # Replay
/// Safe if `dry_run` is `true`, otherwise unsafe: every accepted request starts a batch of its own, also where all
/// tokens have given values.
///
/// After an error for which [`may_resend`](crate::AuthleteError::may_resend) is `false`, find out which of the tokens exist
/// before you send them again.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::token_operations_auth_token_create_batch_api;
/// use authlete::models::operations::AuthTokenCreateBatchApiRequest;
/// use authlete::models::{GrantType, TokenCreateRequest};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let token = TokenCreateRequest::new(GrantType::AuthorizationCode)
///     .client_id(26_478_243_745_571)
///     .subject("john")
///     .access_token("2YotnFZFEjr1zCsicMWpAA");
/// let request = AuthTokenCreateBatchApiRequest::new([token]).service_id("1234567890");
/// let created = token_operations_auth_token_create_batch_api(&core, &request, None).await?;
/// println!("{:?}", created.value.request_id);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_create_batch_api")]
#[doc(alias = "tokenOperationsAuthTokenCreateBatchApi")]
#[doc(alias = "batch")]
#[doc(alias = "token_create_batch")]
pub async fn token_operations_auth_token_create_batch_api(
    core: &AuthleteCore,
    request: &AuthTokenCreateBatchApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenCreateBatchResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .query("dryRun", &request.dry_run)
        .replayable_if(request.dry_run == Some(true))
        .json_array(&request.request_body)
        .send()
        .await
        .json()
}
