use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciBatchParseResponse;
use crate::models::operations::VciBatchParseApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_batch_parse_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/batch/parse",
    replay: Replay::Safe,
};

/// Parses a batch credential request (OpenID for Verifiable Credential Issuance draft 13).
///
/// Version 1.0 has no batch credential endpoint: there, one credential request asks for several copies of a credential.
/// Call it once [`introspection_process`](crate::funcs::introspection_process) has accepted the access token, with the
/// body of the request as received. Then gather the user's data and call
/// [`verifiable_credentials_batch_issue`](crate::funcs::verifiable_credentials_batch_issue).
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Issue the credentials that `info` describes. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` as the value of `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_batch::respond`](crate::endpoint::credential_batch::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_batch_parse;
/// use authlete::models::operations::VciBatchParseApiRequest;
/// use authlete::models::{VciBatchParseRequest, VciBatchParseResponseAction as Action};
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     access_token: authlete::Secret,
/// #     content: String,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let body = VciBatchParseRequest::new().access_token(access_token).request_content(content);
/// let request = VciBatchParseApiRequest::new(body);
/// let parsed = verifiable_credentials_batch_parse(&core, &request, None).await?.into_value();
/// match parsed.action {
///     Some(Action::Ok) => println!("{} requests", parsed.info.unwrap_or_default().len()),
///     other => println!("{other:?}: see the table"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_batch_parse_api")]
#[doc(alias = "verifiableCredentialsBatchParse")]
#[doc(alias = "parse")]
pub async fn verifiable_credentials_batch_parse(
    core: &AuthleteCore,
    request: &VciBatchParseApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciBatchParseResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_batch_parse_request)
        .send()
        .await
        .json()
}
