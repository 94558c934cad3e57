use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::RawJson;
use crate::models::operations::ServiceConfigurationApiPostRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_configuration_api_post",
    method: Method::POST,
    template: "/api/{serviceId}/service/configuration",
    replay: Replay::Safe,
};

/// Makes the server's metadata, like [`service_get_configuration`](crate::funcs::service_get_configuration), with a
/// patch that is too long for a URL.
///
/// Not in the API description; taken from Authlete's Java library and unverified.
///
/// Answer with the text as it is, as `application/json`; [`parse`](crate::models::RawJson::parse) reads it into a type
/// of your own. The document changes rarely: cache it, as the API limits the rate of calls. `patch` is a JSON Patch
/// (RFC 6902) that Authlete applies first.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::service_get_configuration_post;
/// use authlete::models::ServiceConfigurationRequest;
/// use authlete::models::operations::ServiceConfigurationApiPostRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let patch =
///     r#"[{"op": "add", "path": "/service_documentation", "value": "https://docs.example"}]"#;
/// let request = ServiceConfigurationApiPostRequest::new(
///     ServiceConfigurationRequest::new().patch(patch),
/// );
/// let metadata = service_get_configuration_post(&core, &request, None).await?.into_value();
/// println!("{}", metadata.as_str());
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_configuration_api_post")]
#[doc(alias = "getServiceConfiguration")]
#[doc(alias = "configuration")]
pub async fn service_get_configuration_post(
    core: &AuthleteCore,
    request: &ServiceConfigurationApiPostRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<RawJson> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.service_configuration_request)
        .send()
        .await
        .any_json()
}
