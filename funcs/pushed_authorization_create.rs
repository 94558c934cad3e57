use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::PushedAuthorizationResponse;
use crate::models::operations::PushedAuthReqApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "pushed_auth_req_api",
    method: Method::POST,
    template: "/api/{serviceId}/pushed_auth_req",
    replay: Replay::Unsafe,
};

/// Processes a pushed authorization request (RFC 9126 section 2.1).
///
/// Call it from the pushed authorization request endpoint, with the raw body in `parameters` and the client's
/// credentials beside it. The client takes the `request_uri` to the authorization endpoint:
/// [`authorization_process_request`](crate::funcs::authorization_process_request). If the response has a `dpop_nonce`
/// or an `attestation_challenge`, send it in a `DPoP-Nonce` or `OAuth-Client-Attestation-Challenge` header, whatever
/// the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `CREATED` | Answer 201 with `response_content` as JSON. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` as JSON and a challenge in `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` as JSON. |
/// | `PAYLOAD_TOO_LARGE` | Answer 413 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::pushed_authorization::respond`](crate::endpoint::pushed_authorization::respond()) does so.
///
/// # Replay
/// Unsafe: it creates a `request_uri`, and the client assertion or DPoP proof in the request may be good for one
/// use.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::pushed_authorization_create;
/// use authlete::models::{PushedAuthorizationRequest, PushedAuthorizationResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = "response_type=code&redirect_uri=https%3A%2F%2Fclient.example%2Fcb";
/// let request = PushedAuthorizationRequest::new(body)
///     .client_id("26478243745571")
///     .client_secret("secret")
///     .into();
/// let answer = pushed_authorization_create(&core, &request, None).await?.value;
/// match answer.action {
///     Some(PushedAuthorizationResponseAction::Created) => {
///         println!("answer 201 with response_content")
///     }
///     Some(PushedAuthorizationResponseAction::BadRequest) => {
///         println!("answer 400 with response_content")
///     }
///     Some(PushedAuthorizationResponseAction::Unauthorized) => {
///         println!("answer 401 with a challenge")
///     }
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "pushed_auth_req_api")]
#[doc(alias = "pushedAuthorizationCreate")]
#[doc(alias = "pushed_auth_req")]
pub async fn pushed_authorization_create(
    core: &AuthleteCore,
    request: &PushedAuthReqApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<PushedAuthorizationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.pushed_authorization_request)
        .send()
        .await
        .json()
}
