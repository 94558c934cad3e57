use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::operations::ServiceDeleteApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_delete_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/service/delete",
    replay: Replay::Safe,
};

/// Deletes a service.
///
/// # Replay
/// Safe: the server makes every ID anew, so a repetition deletes nothing else.
///
/// # Errors
/// After more than one attempt ([`attempts`](crate::AuthleteError::attempts)), an error that says that there is no such
/// service may mean that an earlier attempt has deleted it.
///
/// ```no_run
/// use authlete::funcs::service_delete;
/// use authlete::models::operations::ServiceDeleteApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ServiceDeleteApiRequest::new().service_id("1234567890");
/// service_delete(&core, &request, None).await?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_delete_api")]
#[doc(alias = "serviceDelete")]
#[doc(alias = "delete")]
pub async fn service_delete(
    core: &AuthleteCore,
    request: &ServiceDeleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<()> {
    Call::new(core, &OPERATION, options).service(request.service_id.as_deref()).send().await.no_content()
}
