use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::VciSingleParseResponse;
use crate::models::operations::VciSingleParseApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "vci_single_parse_api",
    method: Method::POST,
    template: "/api/{serviceId}/vci/single/parse",
    replay: Replay::Safe,
};

/// Parses a credential request (OpenID for Verifiable Credential Issuance 1.0 section 8.2).
///
/// Call it from the credential endpoint once [`introspection_process`](crate::funcs::introspection_process) has
/// accepted the access token, with the body of the request as received. It checks the key proofs too. Then gather the
/// data of the user whom the token belongs to, and call
/// [`verifiable_credentials_issue`](crate::funcs::verifiable_credentials_issue).
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Issue the credential that `info` describes. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` as the value of `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::credential::respond`](crate::endpoint::credential::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::verifiable_credentials_parse;
/// use authlete::models::operations::VciSingleParseApiRequest;
/// use authlete::models::{VciSingleParseRequest, VciSingleParseResponseAction as Action};
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     access_token: authlete::Secret,
/// #     content: String,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let body = VciSingleParseRequest::new().access_token(access_token).request_content(content);
/// let request = VciSingleParseApiRequest::new(body);
/// let parsed = verifiable_credentials_parse(&core, &request, None).await?.into_value();
/// match parsed.action {
///     Some(Action::Ok) => println!("{:?}", parsed.info.and_then(|info| info.format)),
///     Some(Action::BadRequest) => println!("400"),
///     Some(Action::Unauthorized) => println!("401"),
///     Some(Action::Forbidden) => println!("403"),
///     _ => println!("500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "vci_single_parse_api")]
#[doc(alias = "verifiableCredentialsParse")]
#[doc(alias = "parse")]
#[doc(alias = "vci_single_parse")]
pub async fn verifiable_credentials_parse(
    core: &AuthleteCore,
    request: &VciSingleParseApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<VciSingleParseResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.vci_single_parse_request)
        .send()
        .await
        .json()
}
