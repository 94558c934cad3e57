use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::BackchannelAuthenticationFailResponse;
use crate::models::operations::BackchannelAuthenticationFailApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "backchannel_authentication_fail_api",
    method: Method::POST,
    template: "/api/{serviceId}/backchannel/authentication/fail",
    replay: Replay::Unsafe,
};

/// Refuses a backchannel authentication request (OpenID Connect CIBA 1.0 section 13).
///
/// Call it instead of [`ciba_issue`](crate::funcs::ciba_issue) when the user cannot be identified, the user code is
/// wrong, or a rule of the application forbids the request. A user who refuses later is a matter for
/// [`ciba_complete`](crate::funcs::ciba_complete).
///
/// | `action` | what to do |
/// |---|---|
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `FORBIDDEN` | The reason was `ACCESS_DENIED`. Answer 403 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | The reason was `SERVER_ERROR`, the call was wrong, or Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::backchannel_authentication::respond_fail`](crate::endpoint::backchannel_authentication::respond_fail()) does so.
///
/// # Replay
/// Unsafe: the ticket is deleted, so a second request fails.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::ciba_fail;
/// use authlete::models::operations::BackchannelAuthenticationFailApiRequest;
/// use authlete::models::{
///     BackchannelAuthenticationFailRequest, BackchannelAuthenticationFailRequestReason,
///     BackchannelAuthenticationFailResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore, ticket: authlete::Secret) -> Result<(), authlete::AuthleteError> {
/// let reason = BackchannelAuthenticationFailRequestReason::UnknownUserId;
/// let body = BackchannelAuthenticationFailRequest::new(ticket, reason);
/// let request = BackchannelAuthenticationFailApiRequest::new(body);
/// let answer = ciba_fail(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::BadRequest) => 400,
///     Some(Action::Forbidden) => 403,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "backchannel_authentication_fail_api")]
#[doc(alias = "cibaFail")]
#[doc(alias = "fail")]
pub async fn ciba_fail(
    core: &AuthleteCore,
    request: &BackchannelAuthenticationFailApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<BackchannelAuthenticationFailResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.backchannel_authentication_fail_request)
        .send()
        .await
        .json()
}
