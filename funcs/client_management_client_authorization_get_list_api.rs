use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientAuthorizationGetListResponse;
use crate::models::operations::ClientAuthorizationGetListApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_authorization_get_list_api",
    method: Method::GET,
    template: "/api/{serviceId}/client/authorization/get/list",
    replay: Replay::Safe,
};

/// Lists the clients that a user has authorized, a page at a time, with the user in the query.
///
/// Three functions do this, in three spellings of one operation:
/// [`client_management_list_authorizations`](crate::funcs::client_management_list_authorizations) with the user in
/// the path,
/// [`client_management_client_authorization_get_list_api`](crate::funcs::client_management_client_authorization_get_list_api)
/// with the user in the query, and
/// [`client_management_client_authorization_get_list_api_post`](crate::funcs::client_management_client_authorization_get_list_api_post)
/// with the user in the body. URLs end up in logs, so prefer the body where the user's ID is personal. The pages
/// are not a snapshot: entries that come or go between two calls shift the rest.
/// [`Pages`](crate::Pages) walks the whole list.
///
/// # Replay
/// Safe: it only reads.
///
/// # Errors
/// `SdkValidation` if the subject is empty.
///
/// ```no_run
/// use authlete::funcs::client_management_client_authorization_get_list_api;
/// use authlete::models::operations::ClientAuthorizationGetListApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientAuthorizationGetListApiRequest::new("john").start(0).end(100);
/// let answer =
///     client_management_client_authorization_get_list_api(&core, &request, None).await?;
/// for client in answer.value.clients.unwrap_or_default() {
///     println!("{:?}", client.client_name);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_authorization_get_list_api")]
#[doc(alias = "clientManagementClientAuthorizationGetListApi")]
#[doc(alias = "list")]
#[doc(alias = "client_authorization_list")]
pub async fn client_management_client_authorization_get_list_api(
    core: &AuthleteCore,
    request: &ClientAuthorizationGetListApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientAuthorizationGetListResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .not_empty("subject", &request.subject)
        .query("subject", &request.subject)
        .query("developer", &request.developer)
        .query("start", &request.start)
        .query("end", &request.end)
        .query("cursor", &request.cursor)
        .send()
        .await
        .json()
}
