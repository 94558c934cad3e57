use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::operations::GrantMApiRequest;
use crate::models::{GMResponse, GrantManagementAction};
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "grant_m_api",
    method: Method::POST,
    template: "/api/{serviceId}/gm",
    replay: Replay::Unsafe,
};

/// Processes a request to the grant management endpoint (Grant Management for OAuth 2.0).
///
/// Call it from that endpoint: a `GET` is a query, a `DELETE` a revocation, and the last segment of the URL is the
/// grant's ID. **Check the owner first:** Authlete does not compare the user of the access token with the user of
/// the grant. Revoking ends the refresh tokens of the grant, not its access tokens. If the response has a
/// `dpop_nonce`, send it in a `DPoP-Nonce` header, whatever the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `NO_CONTENT` | Answer 204. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` in `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` in `WWW-Authenticate`. |
/// | `NOT_FOUND` | Answer 404 with `response_content` in `WWW-Authenticate`. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500. |
/// | `AUTHLETE_ERROR` | Authlete has a problem. Answer 500. |
///
/// [`endpoint::grant_management::respond`](crate::endpoint::grant_management::respond()) does so.
///
/// # Replay
/// Safe if `gm_action` is `QUERY`, which only reads. Otherwise unsafe: revoking a second time reports `NOT_FOUND`.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::grant_management_process_request;
/// use authlete::models::{GMRequest, GMResponseAction, GrantManagementAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = GMRequest::new()
///     .access_token("2YotnFZFEjr1zCsicMWpAA")
///     .gm_action(GrantManagementAction::Query)
///     .grant_id("TSdqirmAxDa0_-DB_1bASQ")
///     .into();
/// let answer = grant_management_process_request(&core, &request, None).await?.value;
/// match answer.action {
///     Some(GMResponseAction::Ok) => println!("answer 200 with response_content"),
///     Some(GMResponseAction::NoContent) => println!("answer 204"),
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "grant_m_api")]
#[doc(alias = "grantManagementProcessRequest")]
#[doc(alias = "gm")]
pub async fn grant_management_process_request(
    core: &AuthleteCore,
    request: &GrantMApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<GMResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .replayable_if(request.gm_request.gm_action == Some(GrantManagementAction::Query))
        .json_object(&request.gm_request)
        .send()
        .await
        .json()
}
