use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::RawJson;
use crate::models::operations::ServiceConfigurationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_configuration_api",
    method: Method::GET,
    template: "/api/{serviceId}/service/configuration",
    replay: Replay::Safe,
};

/// Makes the server's metadata: the document behind `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0
/// section 4) and `/.well-known/oauth-authorization-server` (RFC 8414 section 3).
///
/// Answer with the text as it is, as `application/json`; [`parse`](crate::models::RawJson::parse) reads it into a type
/// of your own. The document changes rarely: cache it, as the API limits the rate of calls. `patch` is a JSON Patch
/// (RFC 6902) that Authlete applies first.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::service_get_configuration;
/// use authlete::models::operations::ServiceConfigurationApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ServiceConfigurationApiRequest::new();
/// let metadata = service_get_configuration(&core, &request, None).await?.into_value();
/// println!("{}", metadata.as_str());
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_configuration_api")]
#[doc(alias = "serviceGetConfiguration")]
#[doc(alias = "configuration")]
pub async fn service_get_configuration(
    core: &AuthleteCore,
    request: &ServiceConfigurationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<RawJson> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .query("pretty", &request.pretty)
        .query("patch", &request.patch)
        .send()
        .await
        .any_json()
}
