use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::AuthorizationIssueResponse;
use crate::models::operations::AuthAuthorizationIssueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_authorization_issue_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/authorization/issue",
    replay: Replay::Unsafe,
};

/// Ends an authorization request with success: issues what its `response_type` asks for (RFC 6749 section 4.1.2,
/// OpenID Connect Core 1.0 section 3.1.2.5).
///
/// Call it after [`authorization_process_request`](crate::funcs::authorization_process_request), with its `ticket`,
/// once the user is authenticated and has consented. Authlete believes the `subject`, `acr` and `auth_time` it is
/// given. The client takes the code to the token endpoint: [`token_process`](crate::funcs::token_process).
///
/// | `action` | what to do |
/// |---|---|
/// | `LOCATION` | Redirect to the URL in `response_content`. After a `POST`, with 303. If the content is no URL, treat it as `FORM`. |
/// | `FORM` | Answer 200 with `response_content` as HTML. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. The ticket is used or has expired: the user took too long. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::authorization::respond_issue`](crate::endpoint::authorization::respond_issue()) does so.
///
/// # Replay
/// Unsafe: it spends the ticket and issues a code or tokens. If the response is lost, so are they.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::authorization_issue;
/// use authlete::models::{AuthorizationIssueRequest, AuthorizationIssueResponseAction};
///
/// # fn ticket_of_session() -> authlete::Secret { authlete::Secret::from("ticket") }
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthorizationIssueRequest::new(ticket_of_session(), "john")
///     .auth_time(1_760_000_000)
///     .into();
/// let answer = authorization_issue(&core, &request, None).await?.value;
/// match answer.action {
///     Some(AuthorizationIssueResponseAction::Location) => {
///         println!("redirect to response_content")
///     }
///     Some(AuthorizationIssueResponseAction::Form) => {
///         println!("answer 200 with response_content")
///     }
///     Some(AuthorizationIssueResponseAction::BadRequest) => {
///         println!("answer 400 with response_content")
///     }
///     _ => println!("answer 500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_authorization_issue_api")]
#[doc(alias = "authorizationIssue")]
#[doc(alias = "issue")]
pub async fn authorization_issue(
    core: &AuthleteCore,
    request: &AuthAuthorizationIssueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<AuthorizationIssueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.authorization_issue_request)
        .send()
        .await
        .json()
}
