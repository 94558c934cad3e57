use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::operations::AuthTokenRevokeApiRequest;
use crate::models::{Secret, TokenRevokeRequest, TokenRevokeResponse};
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_revoke_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/token/revoke",
    replay: Replay::Safe,
};

/// Revokes tokens: one by its value or its hash, or up to 20 of a client or a user.
///
/// By client or by user it revokes at most 20 tokens; then `count` is 20, and the others stay valid.
/// [`token_management_revoke_all`](crate::funcs::token_management_revoke_all) goes on until none is left.
///
/// It is for the application's own decisions, such as a user who withdraws consent or whose account is locked. To
/// revoke a token at the request of a client (RFC 7009), use [`revocation_process`](crate::funcs::revocation_process).
///
/// # Replay
/// Safe: what is revoked stays revoked. A repeated attempt may count 0 tokens, and it also revokes those that were
/// issued to the client or user in between.
///
/// # Errors
/// A body without any criterion, or with an empty one, is `SdkValidation`: the server could take it to mean every token. What
/// does not exist is a 404, with or without a JSON object: `Result` or `Default`.
///
/// ```no_run
/// use authlete::funcs::token_management_revoke;
/// use authlete::models::TokenRevokeRequest;
/// use authlete::models::operations::AuthTokenRevokeApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = TokenRevokeRequest::new().subject("john").client_identifier("26478243745571");
/// let request = AuthTokenRevokeApiRequest::new(body);
/// let revoked = token_management_revoke(&core, &request, None).await?.into_value();
/// println!("{:?} tokens revoked", revoked.count);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_revoke_api")]
#[doc(alias = "tokenManagementRevoke")]
#[doc(alias = "revoke")]
pub async fn token_management_revoke(
    core: &AuthleteCore,
    request: &AuthTokenRevokeApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenRevokeResponse> {
    let TokenRevokeRequest { access_token_identifier, refresh_token_identifier, client_identifier, subject } =
        &request.token_revoke_request;
    let criteria = [
        ("accessTokenIdentifier", access_token_identifier.as_ref().map(Secret::expose)),
        ("refreshTokenIdentifier", refresh_token_identifier.as_ref().map(Secret::expose)),
        ("clientIdentifier", client_identifier.as_deref()),
        ("subject", subject.as_deref()),
    ];
    let mut call = Call::new(core, &OPERATION, options);
    for (name, criterion) in criteria {
        call.not_empty(name, criterion.unwrap_or("unset"));
    }
    call.require(
        criteria.iter().any(|(_, criterion)| criterion.is_some()),
        "tokenRevokeRequest",
        "names no token, client or user",
    )
    .service(request.service_id.as_deref())
    .json_object(&request.token_revoke_request)
    .send()
    .await
    .json()
}
