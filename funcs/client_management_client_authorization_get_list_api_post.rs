use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientAuthorizationGetListResponse;
use crate::models::operations::ClientAuthorizationGetListApiPostRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_authorization_get_list_api_post",
    method: Method::POST,
    template: "/api/{serviceId}/client/authorization/get/list",
    replay: Replay::Safe,
};

/// Lists the clients that a user has authorized, a page at a time, with the user in the body.
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
/// use authlete::funcs::client_management_client_authorization_get_list_api_post;
/// use authlete::models::ClientAuthorizationGetListRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientAuthorizationGetListRequest::new("john").start(0).end(100).into();
/// let answer =
///     client_management_client_authorization_get_list_api_post(&core, &request, None).await?;
/// for client in answer.value.clients.unwrap_or_default() {
///     println!("{:?}", client.client_name);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_authorization_get_list_api_post")]
#[doc(alias = "clientManagementClientAuthorizationGetListApiPost")]
#[doc(alias = "list")]
#[doc(alias = "client_authorization_list_post")]
pub async fn client_management_client_authorization_get_list_api_post(
    core: &AuthleteCore,
    request: &ClientAuthorizationGetListApiPostRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientAuthorizationGetListResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .not_empty("subject", &request.client_authorization_get_list_request.subject)
        .json_object(&request.client_authorization_get_list_request)
        .send()
        .await
        .json()
}
