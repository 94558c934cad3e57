use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::FederationConfigurationResponse;
use crate::models::operations::{EntityTypesBody, FederationConfigurationApiRequest};
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "federation_configuration_api",
    method: Method::POST,
    template: "/api/{serviceId}/federation/configuration",
    replay: Replay::Safe,
};

/// Makes the service's entity configuration, the signed document behind `/.well-known/openid-federation` (OpenID
/// Federation 1.0).
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content`, of the type `application/entity-statement+jwt`. |
/// | `NOT_FOUND` | The service is in no federation. Answer 404 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::federation_configuration::respond`](crate::endpoint::federation_configuration::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::federation_configuration;
/// use authlete::models::FederationConfigurationResponseAction as Action;
/// use authlete::models::operations::FederationConfigurationApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = FederationConfigurationApiRequest::new();
/// let answer = federation_configuration(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::NotFound) => 404,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "federation_configuration_api")]
#[doc(alias = "federationConfiguration")]
#[doc(alias = "configuration")]
pub async fn federation_configuration(
    core: &AuthleteCore,
    request: &FederationConfigurationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<FederationConfigurationResponse> {
    let mut call = Call::new(core, &OPERATION, options);
    call.service(request.service_id.as_deref());
    match &request.entity_types {
        Some(types) => call.json_object(&EntityTypesBody::new().entity_types(types.iter().cloned())),
        None => call.json_empty(),
    };
    call.send().await.json()
}
