use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::BackchannelLogoutTokenResponse;
use crate::models::operations::BackchannelLogoutTokenApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "backchannel_logout_token_api",
    method: Method::POST,
    template: "/api/{serviceId}/backchannel/logout/token",
    replay: Replay::Safe,
};

/// Makes a logout token for one client (OpenID Connect Back-Channel Logout 1.0 section 2.4).
///
/// Not in the API description; taken from Authlete's Java library and unverified. Call it for each client that the user
/// is logged in at when the session ends, and send the token yourself: Authlete sends nothing. Refresh tokens stay
/// valid.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Send `logout_token` to `backchannel_logout_uri` as a form: a POST with `logout_token=…` (section 2.5). The URI may be absent, and is not checked to be a URL. |
/// | `SERVER_ERROR` | Authlete has a problem. Try again later. |
/// | `CALLER_ERROR` | The call was wrong, without a client for example. Log `result_code`. |
///
/// [`endpoint::logout::respond`](crate::endpoint::logout::respond()) does so.
///
/// # Replay
/// Safe: it stores nothing. Only the token you receive reaches a client.
///
/// ```no_run
/// use authlete::funcs::backchannel_logout_token;
/// use authlete::models::operations::BackchannelLogoutTokenApiRequest;
/// use authlete::models::{
///     BackchannelLogoutTokenRequest, BackchannelLogoutTokenResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = BackchannelLogoutTokenRequest::new("26478243745571")
///     .subject("john")
///     .session_id("08a5019c-17e1-4977");
/// let request = BackchannelLogoutTokenApiRequest::new(body);
/// let answer = backchannel_logout_token(&core, &request, None).await?.into_value();
/// if answer.action == Some(Action::Ok)
///     && let (Some(uri), Some(token)) = (answer.backchannel_logout_uri, answer.logout_token)
/// {
///     let form = format!("logout_token={}", token.expose());
///     println!("POST {} bytes to {uri}", form.len());
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "backchannel_logout_token_api")]
#[doc(alias = "backchannelLogoutToken")]
#[doc(alias = "token")]
pub async fn backchannel_logout_token(
    core: &AuthleteCore,
    request: &BackchannelLogoutTokenApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<BackchannelLogoutTokenResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.backchannel_logout_token_request)
        .send()
        .await
        .json()
}
