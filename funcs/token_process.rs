use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenResponse;
use crate::models::operations::AuthTokenApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/token",
    replay: Replay::Unsafe,
};

/// Processes a token request (RFC 6749 section 3.2).
///
/// This is the token endpoint, for every grant type. Call it with the raw body in `parameters` and the client's
/// credentials beside it. Most requests end here; [`token_issue`](crate::funcs::token_issue) is for the password
/// grant alone. If the response has a `dpop_nonce` or an `attestation_challenge`, send it in a `DPoP-Nonce` or
/// `OAuth-Client-Attestation-Challenge` header, whatever the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `ID_TOKEN_REISSUABLE` | The same, or first replace the ID token: [`token_management_reissue_id_token`](crate::funcs::token_management_reissue_id_token). There is no ticket. |
/// | `PASSWORD` | Check `username` and `password`. Then call [`token_issue`](crate::funcs::token_issue) or [`token_fail`](crate::funcs::token_fail). |
/// | `TOKEN_EXCHANGE` | Decide whether to allow the exchange (RFC 8693 section 2.1). If so, call [`token_management_create`](crate::funcs::token_management_create) and build the answer from it, `issued_token_type` included. Verify signed or encrypted JWTs of other issuers yourself. |
/// | `JWT_BEARER` | Verify the signature of `assertion`, which Authlete does not (RFC 7523 section 3). Then call [`token_management_create`](crate::funcs::token_management_create) and build the answer from it. |
/// | `NATIVE_SSO` | Call [`native_sso_process`](crate::funcs::native_sso_process). |
/// | `INVALID_CLIENT` | Answer 401 with `response_content` as JSON and a challenge in `WWW-Authenticate`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::token::respond`](crate::endpoint::token::respond()) does so.
///
/// If you do not support a grant type, answer 400 with `{"error":"unsupported_grant_type"}`.
///
/// # Replay
/// Unsafe: it spends the authorization code or replaces the refresh token. A second use of a code may revoke the
/// tokens of the first (RFC 6749 section 4.1.2).
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::token_process;
/// use authlete::models::{TokenRequest, TokenResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA";
/// let request =
///     TokenRequest::new(body).client_id("26478243745571").client_secret("secret").into();
/// let answer = token_process(&core, &request, None).await?.value;
/// match answer.action {
///     Some(TokenResponseAction::Ok | TokenResponseAction::IdTokenReissuable) => {
///         println!("answer 200")
///     }
///     Some(TokenResponseAction::BadRequest) => println!("answer 400 with response_content"),
///     Some(TokenResponseAction::InvalidClient) => println!("answer 401 with a challenge"),
///     Some(TokenResponseAction::InternalServerError) => {
///         println!("answer 500 with response_content")
///     }
///     _ => println!("answer 400 with unsupported_grant_type"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_api")]
#[doc(alias = "tokenProcess")]
#[doc(alias = "token")]
pub async fn token_process(
    core: &AuthleteCore,
    request: &AuthTokenApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.token_request)
        .send()
        .await
        .json()
}
