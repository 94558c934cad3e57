use http::Method;

use crate::call::{Call, may_name};
use crate::exchange::{Operation, Replay};
use crate::models::AuthorizationResponse;
use crate::models::operations::AuthAuthorizationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_authorization_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/authorization",
    replay: Replay::Unsafe,
};

/// Processes an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core 1.0 section 3.1.2.1).
///
/// Call it from the authorization endpoint, with the raw query or body in `parameters`. Authlete checks the
/// request; the user is the application's part. Compare `subject`, `max_age`, `acrs` and `prompts` of the response
/// with the user who is logged in: Authlete issues what it is told to. Keep the `ticket` in the session.
///
/// | `action` | what to do |
/// |---|---|
/// | `INTERACTION` | Authenticate the user and ask for consent. Then call [`authorization_issue`](crate::funcs::authorization_issue) or [`authorization_fail`](crate::funcs::authorization_fail). |
/// | `NO_INTERACTION` | The same without showing a page: if the user who is logged in meets all demands, issue, otherwise fail. There is no `response_content` yet. |
/// | `LOCATION` | Redirect to the URL in `response_content`. After a `POST`, with 303. If the content is no URL, treat it as `FORM`. |
/// | `FORM` | Answer 200 with `response_content` as HTML. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. Do not redirect. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::authorization::respond`](crate::endpoint::authorization::respond()) does so.
///
/// # Replay
/// Safe if `parameters` has neither `request` nor `request_uri`: at worst a ticket is left over, which expires.
/// Otherwise unsafe: a pushed `request_uri` is good for one use, and a request object may be, too.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::authorization_process_request;
/// use authlete::models::{AuthorizationRequest, AuthorizationResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let query = "response_type=code&client_id=26478243745571&scope=openid&state=af0ifjsldkj";
/// let request = AuthorizationRequest::new(query).into();
/// let answer = authorization_process_request(&core, &request, None).await?.value;
/// match answer.action {
///     Some(AuthorizationResponseAction::Interaction) => println!("show the login page"),
///     Some(AuthorizationResponseAction::NoInteraction) => println!("issue or fail at once"),
///     Some(AuthorizationResponseAction::Location) => println!("redirect to response_content"),
///     Some(AuthorizationResponseAction::Form) => println!("answer 200 with response_content"),
///     Some(AuthorizationResponseAction::BadRequest) => {
///         println!("answer 400 with response_content")
///     }
///     _ => println!("answer 500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_authorization_api")]
#[doc(alias = "authorizationProcessRequest")]
#[doc(alias = "authorization")]
pub async fn authorization_process_request(
    core: &AuthleteCore,
    request: &AuthAuthorizationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<AuthorizationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .replayable_if(!may_name(&request.authorization_request.parameters, &["request", "request_uri"]))
        .json_object(&request.authorization_request)
        .send()
        .await
        .json()
}
