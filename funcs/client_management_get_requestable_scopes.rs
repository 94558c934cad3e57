use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientExtensionRequestableScopesGetResponse;
use crate::models::operations::ClientExtensionRequestablesScopesGetApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_extension_requestables_scopes_get_api",
    method: Method::GET,
    template: "/api/{serviceId}/client/extension/requestable_scopes/get/{clientId}",
    replay: Replay::Safe,
};

/// Tells which scopes a client may request.
///
/// An empty list means none. No list means that the client is not restricted: it may request every scope that the
/// service supports.
/// [`client_management_update_requestable_scopes`](crate::funcs::client_management_update_requestable_scopes) sets
/// the list,
/// [`client_management_delete_requestable_scopes`](crate::funcs::client_management_delete_requestable_scopes) lifts
/// the restriction.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::client_management_get_requestable_scopes;
/// use authlete::models::operations::ClientExtensionRequestablesScopesGetApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientExtensionRequestablesScopesGetApiRequest::new("26478243745571");
/// let answer = client_management_get_requestable_scopes(&core, &request, None).await?;
/// match answer.value.requestable_scopes {
///     Some(scopes) => println!("only {scopes:?}"),
///     None => println!("any scope"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_extension_requestables_scopes_get_api")]
#[doc(alias = "clientManagementGetRequestableScopes")]
#[doc(alias = "get")]
pub async fn client_management_get_requestable_scopes(
    core: &AuthleteCore,
    request: &ClientExtensionRequestablesScopesGetApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientExtensionRequestableScopesGetResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .send()
        .await
        .json()
}
