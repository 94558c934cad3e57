use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciJwtissuerResponse;
use crate::models::operations::VciJwtissuerApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_jwtissuer_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/jwtissuer",
    replay: Replay::Safe,
};

/// Gets the JWT issuer metadata of the credential issuer (SD-JWT-based Verifiable Credentials).
///
/// Serve it at `/.well-known/jwt-vc-issuer`, where verifiers look for the keys of SD-JWT credentials, and at
/// `/.well-known/jwt-issuer` for those of older drafts. It is made from the settings of the service.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `NOT_FOUND` | The service does not issue credentials. Answer 404 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_jwt_issuer::respond`](crate::endpoint::credential_jwt_issuer::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_get_jwt_issuer;
/// use authlete::models::operations::VciJwtissuerApiRequest;
/// use authlete::models::{VciJwtissuerRequest, VciJwtissuerResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = VciJwtissuerRequest::new(false);
/// let request = VciJwtissuerApiRequest::new(body);
/// let answer =
///     verifiable_credentials_get_jwt_issuer(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::NotFound) => 404,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_jwtissuer_api")]
#[doc(alias = "verifiableCredentialsGetJwtIssuer")]
#[doc(alias = "jwtissuer")]
pub async fn verifiable_credentials_get_jwt_issuer(
    core: &AuthleteCore,
    request: &VciJwtissuerApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciJwtissuerResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_jwtissuer_request)
        .send()
        .await
        .json()
}
