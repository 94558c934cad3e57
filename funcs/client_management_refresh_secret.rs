use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientSecretRefreshResponse;
use crate::models::operations::ClientSecretRefreshApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_secret_refresh_api",
    method: Method::GET,
    template: "/api/{serviceId}/client/secret/refresh/{clientIdentifier}",
    replay: Replay::Unsafe,
};

/// Gives a client a new secret, which Authlete makes up.
///
/// The client has to be told the new secret before it can authenticate itself again. To choose the secret yourself,
/// call [`client_management_update_secret`](crate::funcs::client_management_update_secret).
///
/// # Replay
/// Unsafe, although it is a `GET`: every request makes another secret.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// # Errors
/// If the answer is lost, the new secret may be in force without anybody knowing it.
/// [`client_get`](crate::funcs::client_get) shows it.
///
/// ```no_run
/// use authlete::funcs::client_management_refresh_secret;
/// use authlete::models::operations::ClientSecretRefreshApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientSecretRefreshApiRequest::new("26478243745571");
/// let answer = client_management_refresh_secret(&core, &request, None).await?;
/// if let Some(secret) = &answer.value.new_client_secret {
///     println!("{} characters", secret.expose().len());
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_secret_refresh_api")]
#[doc(alias = "clientManagementRefreshSecret")]
#[doc(alias = "refresh")]
pub async fn client_management_refresh_secret(
    core: &AuthleteCore,
    request: &ClientSecretRefreshApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientSecretRefreshResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientIdentifier", &request.client_identifier)
        .send()
        .await
        .json()
}
