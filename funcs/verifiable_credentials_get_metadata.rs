use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciMetadataResponse;
use crate::models::operations::VciMetadataApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_metadata_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/metadata",
    replay: Replay::Safe,
};

/// Gets the metadata of the credential issuer (OpenID for Verifiable Credential Issuance 1.0 section 12.2).
///
/// Serve it at `/.well-known/openid-credential-issuer`. It is made from the settings of the service.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `NOT_FOUND` | The service does not issue credentials. Answer 404 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_metadata::respond`](crate::endpoint::credential_metadata::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_get_metadata;
/// use authlete::models::operations::VciMetadataApiRequest;
/// use authlete::models::{VciMetadataRequest, VciMetadataResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = VciMetadataRequest::new(false);
/// let request = VciMetadataApiRequest::new(body);
/// let answer = verifiable_credentials_get_metadata(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::NotFound) => 404,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_metadata_api")]
#[doc(alias = "verifiableCredentialsGetMetadata")]
#[doc(alias = "metadata")]
pub async fn verifiable_credentials_get_metadata(
    core: &AuthleteCore,
    request: &VciMetadataApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciMetadataResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_metadata_request)
        .send()
        .await
        .json()
}
