use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::BackchannelAuthenticationIssueResponse;
use crate::models::operations::BackchannelAuthenticationIssueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "backchannel_authentication_issue_api",
    method: Method::POST,
    template: "/api/{serviceId}/backchannel/authentication/issue",
    replay: Replay::Unsafe,
};

/// Accepts a backchannel authentication request with an `auth_req_id` (OpenID Connect CIBA 1.0 section 7.3).
///
/// Call it once the user is identified, with the ticket of
/// [`ciba_process_authentication`](crate::funcs::ciba_process_authentication). Answer the client, then ask the user on
/// the authentication device and pass the decision to [`ciba_complete`](crate::funcs::ciba_complete) with the same
/// ticket.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON, then ask the user. |
/// | `INVALID_TICKET` | The ticket is unknown or has expired. Answer 500 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | The call was wrong, or Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::backchannel_authentication::respond_issue`](crate::endpoint::backchannel_authentication::respond_issue()) does so.
///
/// # Replay
/// Unsafe: the ticket issues an `auth_req_id` once.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::ciba_issue;
/// use authlete::models::operations::BackchannelAuthenticationIssueApiRequest;
/// use authlete::models::{
///     BackchannelAuthenticationIssueRequest,
///     BackchannelAuthenticationIssueResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore, ticket: authlete::Secret) -> Result<(), authlete::AuthleteError> {
/// let body = BackchannelAuthenticationIssueRequest::new(ticket);
/// let request = BackchannelAuthenticationIssueApiRequest::new(body);
/// let answer = ciba_issue(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::Ok) => println!("200, then ask the user"),
///     _ => println!("500, because of {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "backchannel_authentication_issue_api")]
#[doc(alias = "cibaIssue")]
#[doc(alias = "issue")]
pub async fn ciba_issue(
    core: &AuthleteCore,
    request: &BackchannelAuthenticationIssueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<BackchannelAuthenticationIssueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.backchannel_authentication_issue_request)
        .send()
        .await
        .json()
}
