use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ServiceGetListResponse;
use crate::models::operations::ServiceGetListApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_get_list_api",
    method: Method::GET,
    template: "/api/service/get/list",
    replay: Replay::Safe,
};

/// Lists the services that the access token reaches, a range at a time.
///
/// `start` is the index of the first service, 0 by default; `end` is the index after the last, 5 by default. The ranges
/// are not a snapshot: services that come or go between two calls shift the rest. A service whose clients alone the
/// token reaches is a limited view, as in [`service_get`](crate::funcs::service_get).
/// [`Pages`](crate::Pages) walks the whole list.
///
/// # Replay
/// Safe: it only reads.
///
/// # Errors
/// The API needs a token of the organization here: one of a service is refused, with `Result`.
///
/// ```no_run
/// use authlete::funcs::service_list;
/// use authlete::models::operations::ServiceGetListApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ServiceGetListApiRequest::new().start(0).end(100);
/// let page = service_list(&core, &request, None).await?.into_value();
/// for service in page.services.unwrap_or_default() {
///     println!("{:?}: {:?}", service.api_key, service.service_name);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_get_list_api")]
#[doc(alias = "serviceList")]
#[doc(alias = "list")]
pub async fn service_list(
    core: &AuthleteCore,
    request: &ServiceGetListApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ServiceGetListResponse> {
    Call::new(core, &OPERATION, options)
        .query("start", &request.start)
        .query("end", &request.end)
        .query("cursor", &request.cursor)
        .send()
        .await
        .json()
}
