use http::Method;

use crate::call::{Call, may_name};
use crate::exchange::{Operation, Replay};
use crate::models::RevocationResponse;
use crate::models::operations::AuthRevocationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_revocation_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/revocation",
    replay: Replay::Unsafe,
};

/// Processes a revocation request (RFC 7009 section 2.1).
///
/// Call it from the revocation endpoint, with the raw body in `parameters` and the client's credentials beside it. The
/// access token and the refresh token that belong together are both revoked, whichever of them the client names. A
/// token that does not exist is a success (RFC 7009 section 2.2). If the response has an `attestation_challenge`, send
/// it in an `OAuth-Client-Attestation-Challenge` header, whatever the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200. `response_content` is absent unless the request has a `callback`: then it is JavaScript. |
/// | `INVALID_CLIENT` | Answer 401 with `response_content` as JSON and a challenge in `WWW-Authenticate`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::revocation::respond`](crate::endpoint::revocation::respond()) does so.
///
/// # Replay
/// Safe if the request has neither a `client_assertion` in `parameters` nor an attestation: revoking twice does no
/// harm. Otherwise unsafe: an assertion may be good for one use.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::revocation_process;
/// use authlete::models::{RevocationRequest, RevocationResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = "token=45ghiukldjahdnhzdauz&token_type_hint=refresh_token";
/// let request =
///     RevocationRequest::new(body).client_id("26478243745571").client_secret("secret").into();
/// let answer = revocation_process(&core, &request, None).await?.value;
/// match answer.action {
///     Some(RevocationResponseAction::Ok) => println!("answer 200"),
///     Some(RevocationResponseAction::InvalidClient) => {
///         println!("answer 401 with a challenge")
///     }
///     Some(RevocationResponseAction::BadRequest) => {
///         println!("answer 400 with response_content")
///     }
///     _ => println!("answer 500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_revocation_api")]
#[doc(alias = "revocationProcess")]
#[doc(alias = "revocation")]
pub async fn revocation_process(
    core: &AuthleteCore,
    request: &AuthRevocationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<RevocationResponse> {
    let body = &request.revocation_request;
    let once = body.oauth_client_attestation.is_some()
        || body.oauth_client_attestation_pop.is_some()
        || may_name(&body.parameters, &["client_assertion"]);
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .replayable_if(!once)
        .json_object(body)
        .send()
        .await
        .json()
}
