use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientAuthorizationUpdateResponse;
use crate::models::operations::ClientAuthorizationUpdateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_authorization_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/authorization/update/{clientId}",
    replay: Replay::Safe,
};

/// Changes the access tokens that a user has granted a client.
///
/// With `scopes`, all these tokens get exactly those scopes, more or fewer than before. To end the tokens, call
/// [`client_management_delete_authorizations`](crate::funcs::client_management_delete_authorizations).
///
/// # Replay
/// Safe: a second request sets the same scopes. Tokens issued in between get them too.
///
/// # Errors
/// 404 for a client that does not exist. `SdkValidation` if the subject is empty.
///
/// ```no_run
/// use authlete::funcs::client_management_update_authorizations;
/// use authlete::models::ClientAuthorizationUpdateRequest;
/// use authlete::models::operations::ClientAuthorizationUpdateApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let change = ClientAuthorizationUpdateRequest::new("john").scopes(["timeline.read"]);
/// let request = ClientAuthorizationUpdateApiRequest::new("26478243745571", change);
/// let answer = client_management_update_authorizations(&core, &request, None).await?;
/// println!("{:?}", answer.value.result_code);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_authorization_update_api")]
#[doc(alias = "clientManagementUpdateAuthorizations")]
#[doc(alias = "update")]
pub async fn client_management_update_authorizations(
    core: &AuthleteCore,
    request: &ClientAuthorizationUpdateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientAuthorizationUpdateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .not_empty("subject", &request.client_authorization_update_request.subject)
        .json_object(&request.client_authorization_update_request)
        .send()
        .await
        .json()
}
