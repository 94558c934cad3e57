use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenUpdateResponse;
use crate::models::operations::AuthTokenUpdateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/token/update",
    replay: Replay::Unsafe,
};

/// Changes an access token and its refresh token: scopes, expiry, extra properties, bindings or the value.
///
/// What the request leaves out stays as it is. Lists are replaced as a whole: send the old entries with the new ones.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Use the fields: the token is changed. |
/// | `NOT_FOUND` | No such token exists. |
/// | `BAD_REQUEST` | The call was wrong. Log `result_code`. |
/// | `FORBIDDEN` | The call is not allowed. Log `result_code`. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. |
///
/// # Replay
/// Safe if the request neither asks for a new value (`access_token_value_updated`) nor for an expiry renewed with
/// the scopes (`…_expires_at_updated_on_scope_update`), otherwise unsafe: a second request makes another value or
/// another expiry.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::token_management_update;
/// use authlete::models::operations::AuthTokenUpdateApiRequest;
/// use authlete::models::{TokenUpdateRequest, TokenUpdateResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = TokenUpdateRequest::new()
///     .access_token("2YotnFZFEjr1zCsicMWpAA")
///     .scopes(["timeline.read"]);
/// let request = AuthTokenUpdateApiRequest::new(body);
/// let updated = token_management_update(&core, &request, None).await?.into_value();
/// match updated.action {
///     Some(Action::Ok) => println!("{:?}", updated.scopes),
///     Some(Action::NotFound) => println!("no such token"),
///     _ => println!("failed with {:?}", updated.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_update_api")]
#[doc(alias = "tokenManagementUpdate")]
#[doc(alias = "update")]
pub async fn token_management_update(
    core: &AuthleteCore,
    request: &AuthTokenUpdateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenUpdateResponse> {
    let body = &request.token_update_request;
    let drifts = [
        body.access_token_value_updated,
        body.access_token_expires_at_updated_on_scope_update,
        body.refresh_token_expires_at_updated_on_scope_update,
    ];
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .replayable_if(!drifts.contains(&Some(true)))
        .json_object(body)
        .send()
        .await
        .json()
}
