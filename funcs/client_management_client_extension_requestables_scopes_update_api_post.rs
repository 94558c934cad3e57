use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientExtensionRequestableScopesUpdateResponse;
use crate::models::operations::ClientExtensionRequestablesScopesUpdateApiPostRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_extension_requestables_scopes_update_api_post",
    method: Method::POST,
    template: "/api/{serviceId}/client/extension/requestable_scopes/update/{clientId}",
    replay: Replay::Safe,
};

/// Restricts a client to certain scopes, by `POST`.
///
/// Two functions do this, in two spellings of one operation:
/// [`client_management_update_requestable_scopes`](crate::funcs::client_management_update_requestable_scopes) by
/// `PUT`, and
/// [`client_management_client_extension_requestables_scopes_update_api_post`](crate::funcs::client_management_client_extension_requestables_scopes_update_api_post)
/// by `POST`. The list replaces the one before. An empty list allows no scope; leaving it unset lifts the
/// restriction, as
/// [`client_management_delete_requestable_scopes`](crate::funcs::client_management_delete_requestable_scopes) does.
/// Scopes that the service does not support are ignored, so look at the list in the response.
///
/// # Replay
/// Safe: a second request sets the same list.
///
/// ```no_run
/// use authlete::funcs::client_management_client_extension_requestables_scopes_update_api_post;
/// use authlete::models::ClientExtensionRequestableScopesUpdateRequest;
/// use authlete::models::operations::ClientExtensionRequestablesScopesUpdateApiPostRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let scopes = ClientExtensionRequestableScopesUpdateRequest::new()
///     .requestable_scopes(["openid", "email"]);
/// let request =
///     ClientExtensionRequestablesScopesUpdateApiPostRequest::new("26478243745571", scopes);
/// let answer = client_management_client_extension_requestables_scopes_update_api_post(
///     &core, &request, None,
/// )
/// .await?;
/// println!("{:?}", answer.value.requestable_scopes);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_extension_requestables_scopes_update_api_post")]
#[doc(alias = "clientManagementClientExtensionRequestablesScopesUpdateApiPost")]
#[doc(alias = "update")]
#[doc(alias = "requestable_scopes_update_post")]
pub async fn client_management_client_extension_requestables_scopes_update_api_post(
    core: &AuthleteCore,
    request: &ClientExtensionRequestablesScopesUpdateApiPostRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientExtensionRequestableScopesUpdateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .json_object(&request.client_extension_requestable_scopes_update_request)
        .send()
        .await
        .json()
}
