use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientGrantedScopesGetResponse;
use crate::models::operations::ClientGrantedScopesGetBySubjectApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_granted_scopes_get_by_subject_api",
    method: Method::GET,
    template: "/api/{serviceId}/client/granted_scopes/get/{clientId}/{subject}",
    replay: Replay::Safe,
};

/// Looks up the scopes that a user has granted a client, with the user in the path.
///
/// Three functions do this, in three spellings of one operation:
/// [`client_management_get_granted_scopes`](crate::funcs::client_management_get_granted_scopes) with the user in
/// the path,
/// [`client_management_client_granted_scopes_get_api`](crate::funcs::client_management_client_granted_scopes_get_api)
/// with the user in the query, and
/// [`client_management_client_granted_scopes_get_api_post`](crate::funcs::client_management_client_granted_scopes_get_api_post)
/// with the user in the body. URLs end up in logs, so prefer the body where the user's ID is personal. A consent
/// page can be left out for scopes that are on record. Dynamic scopes never are.
///
/// # Replay
/// Safe: it only reads.
///
/// # Errors
/// 403 on shared servers: only dedicated ones keep the record. `SdkValidation` if the subject is empty, `.` or `..`, or has a control character.
///
/// ```no_run
/// use authlete::funcs::client_management_get_granted_scopes;
/// use authlete::models::operations::ClientGrantedScopesGetBySubjectApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientGrantedScopesGetBySubjectApiRequest::new("26478243745571", "john");
/// let answer = client_management_get_granted_scopes(&core, &request, None).await?;
/// println!("{:?}", answer.value.merged_granted_scopes);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_granted_scopes_get_by_subject_api")]
#[doc(alias = "clientManagementGetGrantedScopes")]
#[doc(alias = "get")]
pub async fn client_management_get_granted_scopes(
    core: &AuthleteCore,
    request: &ClientGrantedScopesGetBySubjectApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientGrantedScopesGetResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .segment("subject", &request.subject)
        .send()
        .await
        .json()
}
