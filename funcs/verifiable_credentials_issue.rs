use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciSingleIssueResponse;
use crate::models::operations::VciSingleIssueApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_single_issue_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/single/issue",
    replay: Replay::Unsafe,
};

/// Issues a credential, or defers it (OpenID for Verifiable Credential Issuance 1.0 section 8.3).
///
/// Call it after [`verifiable_credentials_parse`](crate::funcs::verifiable_credentials_parse), with the `identifier` of
/// the parsed request and the user's data in the order. A deferred credential is fetched later; see
/// [`verifiable_credentials_deferred_parse`](crate::funcs::verifiable_credentials_deferred_parse).
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
/// [`endpoint::credential::respond_issue`](crate::endpoint::credential::respond_issue()) does so.
///
/// # Replay
/// Unsafe: a second request issues a second credential or transaction ID.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_issue;
/// use authlete::models::operations::VciSingleIssueApiRequest;
/// use authlete::models::{
///     CredentialIssuanceOrder, VciSingleIssueRequest, VciSingleIssueResponseAction as Action,
/// };
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     access_token: authlete::Secret,
/// #     request_identifier: String,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let order = CredentialIssuanceOrder::new()
///     .request_identifier(request_identifier)
///     .credential_payload(r#"{"given_name":"John"}"#);
/// let body = VciSingleIssueRequest::new().access_token(access_token).order(order);
/// let request = VciSingleIssueApiRequest::new(body);
/// let issued = verifiable_credentials_issue(&core, &request, None).await?.into_value();
/// match issued.action {
///     Some(Action::Ok) => println!("200"),
///     Some(Action::Accepted) => println!("202"),
///     other => println!("{other:?}: see the table"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_single_issue_api")]
#[doc(alias = "verifiableCredentialsIssue")]
#[doc(alias = "issue")]
#[doc(alias = "vci_single_issue")]
pub async fn verifiable_credentials_issue(
    core: &AuthleteCore,
    request: &VciSingleIssueApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciSingleIssueResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_single_issue_request)
        .send()
        .await
        .json()
}
