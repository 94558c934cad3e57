use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::FederationRegistrationResponse;
use crate::models::operations::FederationRegistrationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "federation_registration_api",
    method: Method::POST,
    template: "/api/{serviceId}/federation/registration",
    replay: Replay::Unsafe,
};

/// Registers a client explicitly through a federation (OpenID Federation 1.0).
///
/// Give the body of the request as received: as `entity_configuration` if its type is
/// `application/entity-statement+jwt`, as `trust_chain` if it is `application/trust-chain+json`. The service needs
/// [`trust_anchors`](crate::models::Service::trust_anchors).
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content`, of the type `application/entity-statement+jwt`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `NOT_FOUND` | The service does not take explicit registrations. Answer 404 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// This media type is the one that Authlete documents. The final OpenID Federation 1.0 names
/// `application/explicit-registration-response+jwt` for it.
///
/// [`endpoint::federation_registration::respond`](crate::endpoint::federation_registration::respond()) does so.
///
/// # Replay
/// Unsafe: it registers or updates a client.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::federation_registration;
/// use authlete::models::operations::FederationRegistrationApiRequest;
/// use authlete::models::{
///     FederationRegistrationRequest, FederationRegistrationResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = FederationRegistrationRequest::new()
///     .entity_configuration("eyJhbGciOiJFUzI1NiJ9.e30.c2ln");
/// let request = FederationRegistrationApiRequest::new(body);
/// let answer = federation_registration(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::BadRequest) => 400,
///     Some(Action::NotFound) => 404,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "federation_registration_api")]
#[doc(alias = "federationRegistration")]
#[doc(alias = "registration")]
pub async fn federation_registration(
    core: &AuthleteCore,
    request: &FederationRegistrationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<FederationRegistrationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.federation_registration_request)
        .send()
        .await
        .json()
}
