use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenCreateResponse;
use crate::models::operations::AuthTokenCreateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_create_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/token/create",
    replay: Replay::Unsafe,
};

/// Creates an access token, and a refresh token where grant type and service have one, without a token request.
///
/// It answers a token exchange (RFC 8693) or an assertion grant (RFC 7523), for which
/// [`token_process`](crate::funcs::token_process) leaves the token to the application, and it moves tokens from another
/// system. To move many, use
/// [`token_operations_auth_token_create_batch_api`](crate::funcs::token_operations_auth_token_create_batch_api).
///
/// The response is not a token response: the application writes that itself, with `jwt_access_token` in place of
/// `access_token` where it is set. For a token exchange it must name the `issued_token_type` (RFC 8693 section 2.2.1).
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Use the fields: the token exists. |
/// | `BAD_REQUEST` | The call was wrong. Log `result_code` and answer 500 if a client waits. |
/// | `FORBIDDEN` | The call is not allowed. Log `result_code` and answer 500 if a client waits. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 if a client waits. |
///
/// # Replay
/// Unsafe: a second request creates a second token. With a value in `access_token` it is refused as a duplicate,
/// but the refresh token and the JWT of the first answer are lost. If a call may have been carried out, a later
/// refusal means that it probably was.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::token_management_create;
/// use authlete::models::operations::AuthTokenCreateApiRequest;
/// use authlete::models::{GrantType, TokenCreateRequest, TokenCreateResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = TokenCreateRequest::new(GrantType::TokenExchange)
///     .client_id(26_478_243_745_571)
///     .subject("john")
///     .scopes(["timeline.read"]);
/// let request = AuthTokenCreateApiRequest::new(body);
/// let created = token_management_create(&core, &request, None).await?.into_value();
/// match created.action {
///     Some(Action::Ok) => println!("expires in {:?} s", created.expires_in),
///     _ => println!("failed with {:?}", created.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_create_api")]
#[doc(alias = "tokenManagementCreate")]
#[doc(alias = "create")]
pub async fn token_management_create(
    core: &AuthleteCore,
    request: &AuthTokenCreateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenCreateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.token_create_request)
        .send()
        .await
        .json()
}
