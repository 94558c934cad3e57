use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientSecretUpdateResponse;
use crate::models::operations::ClientSecretUpdateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_secret_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/secret/update/{clientIdentifier}",
    replay: Replay::Unsafe,
};

/// Gives a client a new secret of your choice.
///
/// The client has to be told the new secret before it can authenticate itself again. To have Authlete make it up,
/// call [`client_management_refresh_secret`](crate::funcs::client_management_refresh_secret).
///
/// # Replay
/// Unsafe: the answer to a second request shows the new secret as the old one, so the old one would be lost.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::client_management_update_secret;
/// use authlete::models::ClientSecretUpdateRequest;
/// use authlete::models::operations::ClientSecretUpdateApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let secret = ClientSecretUpdateRequest::new("Ns4oNxkTPuGAaKDJPMDxVkzSpgaVBYMz");
/// let request = ClientSecretUpdateApiRequest::new("26478243745571", secret);
/// let answer = client_management_update_secret(&core, &request, None).await?;
/// println!("replaced: {}", answer.value.old_client_secret.is_some());
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_secret_update_api")]
#[doc(alias = "clientManagementUpdateSecret")]
#[doc(alias = "update")]
pub async fn client_management_update_secret(
    core: &AuthleteCore,
    request: &ClientSecretUpdateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientSecretUpdateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientIdentifier", &request.client_identifier)
        .json_object(&request.client_secret_update_request)
        .send()
        .await
        .json()
}
