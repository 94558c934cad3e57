use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenIssueResponse;
use crate::models::operations::AuthTokenIssueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_issue_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/token/issue",
    replay: Replay::Unsafe,
};

/// Ends a token request of the password grant with success: issues the tokens (RFC 6749 section 5.1).
///
/// Call it after [`token_process`](crate::funcs::token_process) returned `PASSWORD`, with its `ticket`, once the
/// user name and password are checked. No other grant type comes here.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::token::respond_issue`](crate::endpoint::token::respond_issue()) does so.
///
/// # Replay
/// Unsafe: it spends the ticket and issues tokens. If the response is lost, so are they.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::token_issue;
/// use authlete::models::{TokenIssueRequest, TokenIssueResponseAction};
///
/// # fn ticket_of_token_response() -> authlete::Secret { authlete::Secret::from("ticket") }
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let ticket = ticket_of_token_response();
/// let answer =
///     token_issue(&core, &TokenIssueRequest::new(ticket, "john").into(), None).await?.value;
/// match answer.action {
///     Some(TokenIssueResponseAction::Ok) => println!("answer 200 with response_content"),
///     _ => println!("answer 500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_issue_api")]
#[doc(alias = "tokenIssue")]
#[doc(alias = "issue")]
pub async fn token_issue(
    core: &AuthleteCore,
    request: &AuthTokenIssueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenIssueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.token_issue_request)
        .send()
        .await
        .json()
}
