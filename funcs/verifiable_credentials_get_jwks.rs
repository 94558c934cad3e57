use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciJwksResponse;
use crate::models::operations::VciJwksApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_jwks_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/jwks",
    replay: Replay::Safe,
};

/// Gets the public keys of the credential issuer, as a JWK Set (RFC 7517 section 5).
///
/// Serve it at the `jwks_uri` of the JWT issuer metadata. These are not the keys of the authorization server: see
/// [`jwk_set_endpoint_service_jwks_get_api`](crate::funcs::jwk_set_endpoint_service_jwks_get_api) for those.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `NOT_FOUND` | The service does not issue credentials. Answer 404 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | The service has no key set for credentials, or Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_jwks::respond`](crate::endpoint::credential_jwks::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_get_jwks;
/// use authlete::models::operations::VciJwksApiRequest;
/// use authlete::models::{VciJwksRequest, VciJwksResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = VciJwksApiRequest::new(VciJwksRequest::new(false));
/// let answer = verifiable_credentials_get_jwks(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::NotFound) => 404,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_jwks_api")]
#[doc(alias = "verifiableCredentialsGetJwks")]
#[doc(alias = "jwks")]
pub async fn verifiable_credentials_get_jwks(
    core: &AuthleteCore,
    request: &VciJwksApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciJwksResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_jwks_request)
        .send()
        .await
        .json()
}
