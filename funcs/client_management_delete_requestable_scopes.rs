use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::operations::ClientExtensionRequestablesScopesDeleteApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_extension_requestables_scopes_delete_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/client/extension/requestable_scopes/delete/{clientId}",
    replay: Replay::Safe,
};

/// Lifts a client's restriction to certain scopes.
///
/// After it the client may request every scope that the service supports. To forbid all scopes, set an empty list
/// by [`client_management_update_requestable_scopes`](crate::funcs::client_management_update_requestable_scopes).
///
/// # Replay
/// Safe: a second request finds nothing to lift.
///
/// ```no_run
/// use authlete::funcs::client_management_delete_requestable_scopes;
/// use authlete::models::operations::ClientExtensionRequestablesScopesDeleteApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientExtensionRequestablesScopesDeleteApiRequest::new("26478243745571");
/// client_management_delete_requestable_scopes(&core, &request, None).await?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_extension_requestables_scopes_delete_api")]
#[doc(alias = "clientManagementDeleteRequestableScopes")]
#[doc(alias = "delete")]
pub async fn client_management_delete_requestable_scopes(
    core: &AuthleteCore,
    request: &ClientExtensionRequestablesScopesDeleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<()> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .send()
        .await
        .no_content()
}
