use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenFailResponse;
use crate::models::operations::AuthTokenFailApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_fail_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/token/fail",
    replay: Replay::Unsafe,
};

/// Ends a token request of the password grant with an error response (RFC 6749 section 5.2).
///
/// Call it after [`token_process`](crate::funcs::token_process) returned `PASSWORD`, with its `ticket`, when the
/// user name or password is wrong.
///
/// | `action` | what to do |
/// |---|---|
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::token::respond_fail`](crate::endpoint::token::respond_fail()) does so.
///
/// # Replay
/// Unsafe: it spends the ticket, so a second request would not get the response for the client again.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::token_fail;
/// use authlete::models::{TokenFailRequest, TokenFailRequestReason, TokenFailResponseAction};
///
/// # fn ticket_of_token_response() -> authlete::Secret { authlete::Secret::from("ticket") }
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let ticket = ticket_of_token_response();
/// let reason = TokenFailRequestReason::InvalidResourceOwnerCredentials;
/// let answer =
///     token_fail(&core, &TokenFailRequest::new(ticket, reason).into(), None).await?.value;
/// match answer.action {
///     Some(TokenFailResponseAction::BadRequest) => {
///         println!("answer 400 with response_content")
///     }
///     _ => println!("answer 500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_fail_api")]
#[doc(alias = "tokenFail")]
#[doc(alias = "fail")]
pub async fn token_fail(
    core: &AuthleteCore,
    request: &AuthTokenFailApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenFailResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.token_fail_request)
        .send()
        .await
        .json()
}
