use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientAuthorizationDeleteResponse;
use crate::models::operations::{ClientAuthorizationDeleteApiPostRequest, SubjectBody};
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_authorization_delete_api_post",
    method: Method::POST,
    template: "/api/{serviceId}/client/authorization/delete/{clientId}",
    replay: Replay::Safe,
};

/// Deletes all access tokens that a user has granted a client, with the user in the body.
///
/// Three functions do this, in three spellings of one operation:
/// [`client_management_delete_authorizations`](crate::funcs::client_management_delete_authorizations) with the user
/// in the path,
/// [`client_management_client_authorization_delete_api`](crate::funcs::client_management_client_authorization_delete_api)
/// with the user in the query, and
/// [`client_management_client_authorization_delete_api_post`](crate::funcs::client_management_client_authorization_delete_api_post)
/// with the user in the body. URLs end up in logs, so prefer the body where the user's ID is personal. Of the
/// response, only `result_code` and `result_message` are set. To delete the record of granted scopes, too, call
/// [`client_management_delete_granted_scopes`](crate::funcs::client_management_delete_granted_scopes).
///
/// # Replay
/// Safe: at worst, tokens issued between two requests are deleted too.
///
/// # Errors
/// `SdkValidation` if the subject is empty.
///
/// ```no_run
/// use authlete::funcs::client_management_client_authorization_delete_api_post;
/// use authlete::models::operations::ClientAuthorizationDeleteApiPostRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientAuthorizationDeleteApiPostRequest::new("26478243745571", "john");
/// let answer =
///     client_management_client_authorization_delete_api_post(&core, &request, None).await?;
/// println!("{:?}", answer.value.result_code);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_authorization_delete_api_post")]
#[doc(alias = "clientManagementClientAuthorizationDeleteApiPost")]
#[doc(alias = "delete")]
#[doc(alias = "client_authorization_delete_post")]
pub async fn client_management_client_authorization_delete_api_post(
    core: &AuthleteCore,
    request: &ClientAuthorizationDeleteApiPostRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientAuthorizationDeleteResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .not_empty("subject", &request.subject)
        .json_object(&SubjectBody::new(request.subject.as_str()))
        .send()
        .await
        .json()
}
