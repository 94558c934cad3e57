use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::Service;
use crate::models::operations::ServiceUpdateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/service/update",
    replay: Replay::Unsafe,
};

/// Replaces the settings of a service.
///
/// **Send the whole service.** Read it with [`service_get`](crate::funcs::service_get), change that value and send it
/// back. Whether a member that the request lacks keeps its value or is reset is not documented, so a service with
/// nothing but the change may clear the rest. The limited view that some tokens get is not a whole service. Members
/// that this version does not know are kept and sent again: the round trip loses nothing.
///
/// There is no version to check against either: what another writer changes between your read and your write is
/// overwritten. And the server ignores members that it does not know, with a success. Compare the service it returns
/// with the one you sent.
///
/// # Replay
/// Unsafe: a repetition can undo what another writer changed in between. If an error leaves open whether the update
/// was carried out, read the service and compare.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::{service_get, service_update};
/// use authlete::models::operations::{ServiceGetApiRequest, ServiceUpdateApiRequest};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let service = service_get(&core, &ServiceGetApiRequest::new(), None).await?.into_value();
/// let request =
///     ServiceUpdateApiRequest::new(service.pkce_required(true).pkce_s256_required(true));
/// let updated = service_update(&core, &request, None).await?.into_value();
/// assert_eq!(updated.pkce_required, Some(true));
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_update_api")]
#[doc(alias = "serviceUpdate")]
#[doc(alias = "update")]
pub async fn service_update(
    core: &AuthleteCore,
    request: &ServiceUpdateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<Service> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.service)
        .send()
        .await
        .json()
}
