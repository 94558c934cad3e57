use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::UserinfoIssueResponse;
use crate::models::operations::AuthUserinfoIssueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_userinfo_issue_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/userinfo/issue",
    replay: Replay::Safe,
};

/// Makes the UserInfo response (OpenID Connect Core 1.0 section 5.3.2).
///
/// Call it after [`userinfo_process`](crate::funcs::userinfo_process) returned `OK`, with the same access token and
/// the claims. The client's settings decide whether the response is JSON or a JWT. Send `signature`,
/// `signature_input` and `content_digest` in the headers of those names where they are set.
///
/// | `action` | what to do |
/// |---|---|
/// | `JSON` | Answer 200 with `response_content` as JSON. |
/// | `JWT` | Answer 200 with `response_content` as `application/jwt`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` in `WWW-Authenticate`. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` in `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` in `WWW-Authenticate`. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` in `WWW-Authenticate`. |
///
/// [`endpoint::userinfo::respond_issue`](crate::endpoint::userinfo::respond_issue()) does so.
///
/// # Replay
/// Safe: it makes a response and stores nothing.
///
/// ```no_run
/// use authlete::funcs::userinfo_issue;
/// use authlete::models::{UserinfoIssueRequest, UserinfoIssueResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request =
///     UserinfoIssueRequest::new("2YotnFZFEjr1zCsicMWpAA").claims(r#"{"name":"John"}"#).into();
/// let answer = userinfo_issue(&core, &request, None).await?.value;
/// match answer.action {
///     Some(UserinfoIssueResponseAction::Json) => println!("answer 200 with JSON"),
///     Some(UserinfoIssueResponseAction::Jwt) => println!("answer 200 with a JWT"),
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_userinfo_issue_api")]
#[doc(alias = "userinfoIssue")]
#[doc(alias = "issue")]
pub async fn userinfo_issue(
    core: &AuthleteCore,
    request: &AuthUserinfoIssueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<UserinfoIssueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.userinfo_issue_request)
        .send()
        .await
        .json()
}
