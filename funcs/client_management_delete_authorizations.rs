use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientAuthorizationDeleteResponse;
use crate::models::operations::ClientAuthorizationDeleteBySubjectApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_authorization_delete_by_subject_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/client/authorization/delete/{clientId}/{subject}",
    replay: Replay::Safe,
};

/// Deletes all access tokens that a user has granted a client, with the user in the path.
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
/// `SdkValidation` if the subject is empty, `.` or `..`, or has a control character.
///
/// ```no_run
/// use authlete::funcs::client_management_delete_authorizations;
/// use authlete::models::operations::ClientAuthorizationDeleteBySubjectApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientAuthorizationDeleteBySubjectApiRequest::new("26478243745571", "john");
/// let answer = client_management_delete_authorizations(&core, &request, None).await?;
/// println!("{:?}", answer.value.result_code);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_authorization_delete_by_subject_api")]
#[doc(alias = "clientManagementDeleteAuthorizations")]
#[doc(alias = "delete")]
pub async fn client_management_delete_authorizations(
    core: &AuthleteCore,
    request: &ClientAuthorizationDeleteBySubjectApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientAuthorizationDeleteResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .segment("subject", &request.subject)
        .send()
        .await
        .json()
}
