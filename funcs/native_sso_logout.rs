use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::NativeSsoLogoutResponse;
use crate::models::operations::NativeSsoLogoutApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "native_sso_logout_api",
    method: Method::POST,
    template: "/api/{serviceId}/nativesso/logout",
    replay: Replay::Safe,
};

/// Deletes the tokens of a user's session, which logs out all its apps (OpenID Connect Native SSO 1.0).
///
/// Call it when a session of the authorization server ends. Only tokens issued with a session ID are found.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | The session has no tokens any more; `count` is how many were deleted. |
/// | `SERVER_ERROR` | Authlete has a problem. Tokens may be left: try again. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code`. |
///
/// [`endpoint::native_sso::respond_logout`](crate::endpoint::native_sso::respond_logout()) does so.
///
/// # Replay
/// Safe: what is deleted stays deleted. A repeated attempt may count 0 tokens.
///
/// ```no_run
/// use authlete::funcs::native_sso_logout;
/// use authlete::models::operations::NativeSsoLogoutApiRequest;
/// use authlete::models::{NativeSsoLogoutRequest, NativeSsoLogoutResponseAction as Action};
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     session_id: authlete::Secret,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let body = NativeSsoLogoutRequest::new(session_id);
/// let request = NativeSsoLogoutApiRequest::new(body);
/// let answer = native_sso_logout(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::Ok) => println!("{:?} tokens deleted", answer.count),
///     _ => println!("failed with {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "native_sso_logout_api")]
#[doc(alias = "nativeSsoLogout")]
#[doc(alias = "logout")]
pub async fn native_sso_logout(
    core: &AuthleteCore,
    request: &NativeSsoLogoutApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<NativeSsoLogoutResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.native_sso_logout_request)
        .send()
        .await
        .json()
}
