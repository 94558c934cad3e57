use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciBatchIssueResponse;
use crate::models::operations::VciBatchIssueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_batch_issue_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/batch/issue",
    replay: Replay::Unsafe,
};

/// Issues the credentials of a batch, or defers them (OpenID for Verifiable Credential Issuance draft 13).
///
/// Call it after [`verifiable_credentials_batch_parse`](crate::funcs::verifiable_credentials_batch_parse), with one
/// order per parsed request.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `OK_JWT` | Answer 200 with `response_content` as `application/jwt`. |
/// | `ACCEPTED` | Issuance is deferred. Answer 202 with `response_content` as JSON. |
/// | `ACCEPTED_JWT` | Issuance is deferred. Answer 202 with `response_content` as `application/jwt`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` as the value of `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_batch::respond_issue`](crate::endpoint::credential_batch::respond_issue()) does so.
///
/// # Replay
/// Unsafe: a second request issues further credentials or transaction IDs.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_batch_issue;
/// use authlete::models::operations::VciBatchIssueApiRequest;
/// use authlete::models::{
///     CredentialIssuanceOrder, VciBatchIssueRequest, VciBatchIssueResponseAction as Action,
/// };
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     access_token: authlete::Secret,
/// #     parsed: Vec<authlete::models::CredentialRequestInfo>,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let orders = parsed.into_iter().filter_map(|info| info.identifier).map(|identifier| {
///     CredentialIssuanceOrder::new()
///         .request_identifier(identifier)
///         .credential_payload(r#"{"given_name":"John"}"#)
/// });
/// let body = VciBatchIssueRequest::new().access_token(access_token).orders(orders);
/// let request = VciBatchIssueApiRequest::new(body);
/// let issued = verifiable_credentials_batch_issue(&core, &request, None).await?.into_value();
/// match issued.action {
///     Some(Action::Ok) => println!("200"),
///     other => println!("{other:?}: see the table"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_batch_issue_api")]
#[doc(alias = "verifiableCredentialsBatchIssue")]
#[doc(alias = "issue")]
pub async fn verifiable_credentials_batch_issue(
    core: &AuthleteCore,
    request: &VciBatchIssueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciBatchIssueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_batch_issue_request)
        .send()
        .await
        .json()
}
