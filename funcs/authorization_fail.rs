use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::AuthorizationFailResponse;
use crate::models::operations::AuthAuthorizationFailApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_authorization_fail_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/authorization/fail",
    replay: Replay::Unsafe,
};

/// Ends an authorization request with an error response (RFC 6749 section 4.1.2.1, OpenID Connect Core 1.0 section
/// 3.1.2.6).
///
/// Call it after [`authorization_process_request`](crate::funcs::authorization_process_request), with its `ticket`,
/// when the user refuses or a demand of the request is not met. The reason decides on the error code.
///
/// | `action` | what to do |
/// |---|---|
/// | `LOCATION` | Redirect to the URL in `response_content`. After a `POST`, with 303. If the content is no URL, treat it as `FORM`. |
/// | `FORM` | Answer 200 with `response_content` as HTML. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. The ticket is used or has expired: the user took too long. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::authorization::respond_fail`](crate::endpoint::authorization::respond_fail()) does so.
///
/// # Replay
/// Unsafe: it spends the ticket, so a second request would get `BAD_REQUEST` instead of the response for the
/// client.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::authorization_fail;
/// use authlete::models::{
///     AuthorizationFailRequest, AuthorizationFailRequestReason,
///     AuthorizationFailResponseAction,
/// };
///
/// # fn ticket_of_session() -> authlete::Secret { authlete::Secret::from("ticket") }
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthorizationFailRequest::new(
///     ticket_of_session(),
///     AuthorizationFailRequestReason::Denied,
/// )
/// .into();
/// let answer = authorization_fail(&core, &request, None).await?.value;
/// match answer.action {
///     Some(AuthorizationFailResponseAction::Location) => {
///         println!("redirect to response_content")
///     }
///     Some(AuthorizationFailResponseAction::Form) => {
///         println!("answer 200 with response_content")
///     }
///     Some(AuthorizationFailResponseAction::BadRequest) => {
///         println!("answer 400 with response_content")
///     }
///     _ => println!("answer 500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_authorization_fail_api")]
#[doc(alias = "authorizationFail")]
#[doc(alias = "fail")]
pub async fn authorization_fail(
    core: &AuthleteCore,
    request: &AuthAuthorizationFailApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<AuthorizationFailResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.authorization_fail_request)
        .send()
        .await
        .json()
}
