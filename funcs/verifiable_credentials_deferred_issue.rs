use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciDeferredIssueResponse;
use crate::models::operations::VciDeferredIssueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_deferred_issue_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/deferred/issue",
    replay: Replay::Unsafe,
};

/// Issues a deferred credential (OpenID for Verifiable Credential Issuance 1.0 section 9.2).
///
/// Call it after [`verifiable_credentials_deferred_parse`](crate::funcs::verifiable_credentials_deferred_parse), and
/// only then: the request has no access token, so Authlete cannot check who asks.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `OK_JWT` | Answer 200 with `response_content` as `application/jwt`. |
/// | `ACCEPTED` | The credential is not ready. Answer 202 with `response_content` as JSON. |
/// | `ACCEPTED_JWT` | The credential is not ready. Answer 202 with `response_content` as `application/jwt`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `FORBIDDEN` | Answer 403 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_deferred::respond_issue`](crate::endpoint::credential_deferred::respond_issue()) does so.
///
/// # Replay
/// Unsafe: a second request issues the credential again.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_deferred_issue;
/// use authlete::models::operations::VciDeferredIssueApiRequest;
/// use authlete::models::{
///     CredentialIssuanceOrder, VciDeferredIssueRequest,
///     VciDeferredIssueResponseAction as Action,
/// };
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     request_identifier: String,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let order = CredentialIssuanceOrder::new()
///     .request_identifier(request_identifier)
///     .credential_payload(r#"{"given_name":"John"}"#);
/// let body = VciDeferredIssueRequest::new().order(order);
/// let request = VciDeferredIssueApiRequest::new(body);
/// let issued =
///     verifiable_credentials_deferred_issue(&core, &request, None).await?.into_value();
/// match issued.action {
///     Some(Action::Ok) => println!("200"),
///     other => println!("{other:?}: see the table"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_deferred_issue_api")]
#[doc(alias = "verifiableCredentialsDeferredIssue")]
#[doc(alias = "issue")]
pub async fn verifiable_credentials_deferred_issue(
    core: &AuthleteCore,
    request: &VciDeferredIssueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciDeferredIssueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_deferred_issue_request)
        .send()
        .await
        .json()
}
