use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::operations::AuthTokenDeleteApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_delete_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/auth/token/delete/{accessTokenIdentifier}",
    replay: Replay::Safe,
};

/// Deletes an access token, named by its value or its hash.
///
/// The value becomes a part of the URL, which gateways may log. Prefer the hash, as
/// [`token_management_list`](crate::funcs::token_management_list) shows it. To revoke a token at the request of a
/// client, use [`revocation_process`](crate::funcs::revocation_process).
///
/// # Replay
/// Safe: a token is deleted once. After an attempt whose answer was lost, the next one may find the token gone and end
/// as a 404.
///
/// # Errors
/// `SdkValidation` also if the identifier cannot be a path segment. A token that does not exist is a 404, with or
/// without a JSON object: `Result` or `Default`.
///
/// ```no_run
/// use authlete::funcs::token_management_delete;
/// use authlete::models::operations::AuthTokenDeleteApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthTokenDeleteApiRequest::new("nCOoAwJDZVLiSNVFhSCTIMNjtHJ0mfMSH8VzFGGzLDs");
/// token_management_delete(&core, &request, None).await?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_delete_api")]
#[doc(alias = "tokenManagementDelete")]
#[doc(alias = "delete")]
pub async fn token_management_delete(
    core: &AuthleteCore,
    request: &AuthTokenDeleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<()> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("accessTokenIdentifier", request.access_token_identifier.expose())
        .send()
        .await
        .no_content()
}
