use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::Service;
use crate::models::operations::ServiceGetApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_get_api",
    method: Method::GET,
    template: "/api/{serviceId}/service/get",
    replay: Replay::Safe,
};

/// Reads a service.
///
/// An access token that reaches only the service's clients gets a limited view. Never send that one to
/// [`service_update`](crate::funcs::service_update): what it lacks may be cleared.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::service_get;
/// use authlete::models::operations::ServiceGetApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ServiceGetApiRequest::new().service_id("1234567890");
/// let service = service_get(&core, &request, None).await?.into_value();
/// println!("{:?} at {:?}", service.service_name, service.issuer);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_get_api")]
#[doc(alias = "serviceGet")]
#[doc(alias = "get")]
pub async fn service_get(
    core: &AuthleteCore,
    request: &ServiceGetApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<Service> {
    Call::new(core, &OPERATION, options).service(request.service_id.as_deref()).send().await.json()
}
