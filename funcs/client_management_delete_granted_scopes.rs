use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientGrantedScopesDeleteResponse;
use crate::models::operations::ClientGrantedScopesDeleteBySubjectApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_granted_scopes_delete_by_subject_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/client/granted_scopes/delete/{clientId}/{subject}",
    replay: Replay::Safe,
};

/// Deletes the record of the scopes that a user has granted a client, with the user in the path.
///
/// Three functions do this, in three spellings of one operation:
/// [`client_management_delete_granted_scopes`](crate::funcs::client_management_delete_granted_scopes) with the user
/// in the path,
/// [`client_management_client_granted_scopes_delete_api`](crate::funcs::client_management_client_granted_scopes_delete_api)
/// with the user in the query, and
/// [`client_management_client_granted_scopes_delete_api_post`](crate::funcs::client_management_client_granted_scopes_delete_api_post)
/// with the user in the body. URLs end up in logs, so prefer the body where the user's ID is personal. Access tokens stay as they
/// are: to end them, call
/// [`client_management_delete_authorizations`](crate::funcs::client_management_delete_authorizations).
///
/// # Replay
/// Safe: at worst, what the user grants between two requests is deleted too.
///
/// # Errors
/// 403 on shared servers: only dedicated ones keep the record. `SdkValidation` if the subject is empty, `.` or `..`, or has a control character.
///
/// ```no_run
/// use authlete::funcs::client_management_delete_granted_scopes;
/// use authlete::models::operations::ClientGrantedScopesDeleteBySubjectApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientGrantedScopesDeleteBySubjectApiRequest::new("26478243745571", "john");
/// let answer = client_management_delete_granted_scopes(&core, &request, None).await?;
/// println!("{:?}", answer.value.result_code);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_granted_scopes_delete_by_subject_api")]
#[doc(alias = "clientManagementDeleteGrantedScopes")]
#[doc(alias = "delete")]
pub async fn client_management_delete_granted_scopes(
    core: &AuthleteCore,
    request: &ClientGrantedScopesDeleteBySubjectApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientGrantedScopesDeleteResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .segment("subject", &request.subject)
        .send()
        .await
        .json()
}
