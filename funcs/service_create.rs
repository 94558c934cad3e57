use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::Service;
use crate::models::operations::ServiceCreateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_create_api",
    method: Method::POST,
    template: "/api/service/create",
    replay: Replay::Unsafe,
};

/// Creates a service.
///
/// Not in the API description; taken from Authlete's Java library and unverified. The answer has the service's ID as
/// [`api_key`](crate::models::Service::api_key).
///
/// # Replay
/// Unsafe: every request creates a service. If an error leaves open whether this one did, look for it with
/// [`service_list`](crate::funcs::service_list).
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// # Errors
/// The API needs a token of the organization here: one of a service is refused, with `Result`.
///
/// ```no_run
/// use authlete::funcs::service_create;
/// use authlete::models::Service;
/// use authlete::models::operations::ServiceCreateApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let service = Service::new().service_name("Photo archive").issuer("https://as.example.com");
/// let created =
///     service_create(&core, &ServiceCreateApiRequest::new(service), None).await?.into_value();
/// println!("service {:?}", created.api_key);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_create_api")]
#[doc(alias = "createService")]
#[doc(alias = "create")]
pub async fn service_create(
    core: &AuthleteCore,
    request: &ServiceCreateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<Service> {
    Call::new(core, &OPERATION, options).json_object(&request.service).send().await.json()
}
