use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::IdtokenReissueResponse;
use crate::models::operations::IdtokenReissueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "idtoken_reissue_api",
    method: Method::POST,
    template: "/api/{serviceId}/idtoken/reissue",
    replay: Replay::Unsafe,
};

/// Issues a new ID token with refreshed tokens (OpenID Connect Core 1.0 section 12.2).
///
/// Call it from the token endpoint when the action of [`token_process`](crate::funcs::token_process) is
/// `ID_TOKEN_REISSUABLE`, with the tokens it returned. [`token_issue`](crate::funcs::token_issue) is of no use there:
/// the action has no ticket. If no ID token is wanted, skip the call: the `response_content` of
/// [`token_process`](crate::funcs::token_process) is a complete token response already.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON, or 200 with that of [`token_process`](crate::funcs::token_process). |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500. |
///
/// [`endpoint::token::respond_reissue`](crate::endpoint::token::respond_reissue()) does so.
///
/// # Replay
/// Unsafe: a second request makes a second ID token.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::token_management_reissue_id_token;
/// use authlete::models::operations::IdtokenReissueApiRequest;
/// use authlete::models::{IdtokenReissueRequest, IdtokenReissueResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = IdtokenReissueRequest::new("2YotnFZFEjr1zCsicMWpAA", "tGzv3JOkF0XG5Qx2TlKWIA");
/// let request = IdtokenReissueApiRequest::new(body);
/// let reissued = token_management_reissue_id_token(&core, &request, None).await?.into_value();
/// match (reissued.action, reissued.response_content) {
///     (Some(Action::Ok), Some(body)) => println!("200: {} bytes", body.expose().len()),
///     _ => println!("failed with {:?}", reissued.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "idtoken_reissue_api")]
#[doc(alias = "tokenManagementReissueIdToken")]
#[doc(alias = "reissue")]
pub async fn token_management_reissue_id_token(
    core: &AuthleteCore,
    request: &IdtokenReissueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<IdtokenReissueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.idtoken_reissue_request)
        .send()
        .await
        .json()
}
