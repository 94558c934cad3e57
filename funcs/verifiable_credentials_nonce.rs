use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciNonceResponse;
use crate::models::operations::VciNonceApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_nonce_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/nonce",
    replay: Replay::Safe,
};

/// Issues a nonce for proofs of possession (OpenID for Verifiable Credential Issuance 1.0 section 7).
///
/// Call it from the nonce endpoint, which needs no access token. Not in the API description; taken from Authlete's Java
/// library and unverified.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON, and `Cache-Control: no-store`. |
/// | `NOT_FOUND` | The service does not issue credentials. Answer 404 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_nonce::respond`](crate::endpoint::credential_nonce::respond()) does so.
///
/// # Replay
/// Safe: a nonce that nobody uses expires.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_nonce;
/// use authlete::models::operations::VciNonceApiRequest;
/// use authlete::models::{VciNonceRequest, VciNonceResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = VciNonceApiRequest::new(VciNonceRequest::new(false));
/// let answer = verifiable_credentials_nonce(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::NotFound) => 404,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_nonce_api")]
#[doc(alias = "credentialNonce")]
#[doc(alias = "nonce")]
pub async fn verifiable_credentials_nonce(
    core: &AuthleteCore,
    request: &VciNonceApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciNonceResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_nonce_request)
        .send()
        .await
        .json()
}
