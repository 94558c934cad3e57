use http::Method;

use crate::call::Call;
use crate::models::operations::AuthTokenDeleteApiRequest;
use crate::operation::{Operation, Replay};
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_delete_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/auth/token/delete/{accessTokenIdentifier}",
    replay: Replay::Safe,
};

/// Deletes an access token, named by its value or its hash.
///
/// The value stands in the URL, so a gateway that logs URLs logs the token; the hash, as
/// [`token_management_list`](crate::funcs::token_management_list) shows it, gives nothing away. If an attempt whose answer
/// was lost is repeated, the repetition may find the token gone and end as a 404.
///
/// ```no_run
/// use authlete::funcs::token_management_delete;
/// use authlete::models::operations::AuthTokenDeleteApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthTokenDeleteApiRequest::new("2YotnFZFEjr1zCsicMWpAA");
/// token_management_delete(&core, &request, None).await?;
/// # Ok(())
/// # }
/// ```
pub async fn token_management_delete(
    core: &AuthleteCore,
    request: &AuthTokenDeleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<()> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("accessTokenIdentifier", request.access_token_identifier.expose())
        .send()
        .await?
        .no_content()
}
