use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciDeferredParseResponse;
use crate::models::operations::VciDeferredParseApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_deferred_parse_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/deferred/parse",
    replay: Replay::Safe,
};

/// Parses a request for a deferred credential (OpenID for Verifiable Credential Issuance 1.0 section 9.1).
///
/// Call it from the deferred credential endpoint once [`introspection_process`](crate::funcs::introspection_process)
/// has accepted the access token, with the body of the request as received. This is the only check of the token:
/// [`verifiable_credentials_deferred_issue`](crate::funcs::verifiable_credentials_deferred_issue), which comes next,
/// takes none.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Issue the credential that `info` describes. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` as the value of `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential_deferred::respond`](crate::endpoint::credential_deferred::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_deferred_parse;
/// use authlete::models::operations::VciDeferredParseApiRequest;
/// use authlete::models::{VciDeferredParseRequest, VciDeferredParseResponseAction as Action};
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     access_token: authlete::Secret,
/// #     content: String,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let body =
///     VciDeferredParseRequest::new().access_token(access_token).request_content(content);
/// let request = VciDeferredParseApiRequest::new(body);
/// let parsed =
///     verifiable_credentials_deferred_parse(&core, &request, None).await?.into_value();
/// match parsed.action {
///     Some(Action::Ok) => println!("issue the credential, if it is ready"),
///     other => println!("{other:?}: see the table"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_deferred_parse_api")]
#[doc(alias = "verifiableCredentialsDeferredParse")]
#[doc(alias = "parse")]
pub async fn verifiable_credentials_deferred_parse(
    core: &AuthleteCore,
    request: &VciDeferredParseApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciDeferredParseResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_deferred_parse_request)
        .send()
        .await
        .json()
}
