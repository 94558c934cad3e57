use tokio::time::Instant;

use super::token_management_revoke;
use crate::models::operations::AuthTokenRevokeApiRequest;
use crate::runtime::after;
use crate::{AuthleteCore, RevokeError, RevokeOptions};

/// Revokes all tokens of a client or a user, however many there are, and returns their number.
///
/// A single [`token_management_revoke`] revokes at most 20 of them. This one calls it again until it revokes none.
///
/// # Replay
/// Safe: what is revoked stays revoked. It also revokes what is issued to the client or user meanwhile.
///
/// # Cancel safety
/// Dropping the future ends it between two calls or within one: some tokens are revoked, the others are not.
///
/// # Errors
/// [`RevokeError`], which tells how many tokens were revoked before: a call failed, the server gave no count, or it still revoked
/// tokens when the bound on calls or on time was reached. Call again to go on.
///
/// ```no_run
/// use authlete::RevokeOptions;
/// use authlete::funcs::token_management_revoke_all;
/// use authlete::models::TokenRevokeRequest;
/// use authlete::models::operations::AuthTokenRevokeApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::RevokeError> {
/// let request = AuthTokenRevokeApiRequest::new(TokenRevokeRequest::new().subject("john"));
/// let revoked = token_management_revoke_all(&core, &request, &RevokeOptions::new()).await?;
/// println!("{revoked} tokens revoked");
/// # Ok(())
/// # }
/// ```
pub async fn token_management_revoke_all(
    core: &AuthleteCore,
    request: &AuthTokenRevokeApiRequest,
    options: &RevokeOptions,
) -> Result<u64, RevokeError> {
    let deadline = after(Instant::now(), options.timeout);
    let of_a_call = options.request.timeout.unwrap_or(core.settings().timeouts.call);
    let mut revoked = 0;
    for calls in 0..options.max_calls {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(RevokeError::Unfinished { revoked, calls });
        }
        let options = options.request.clone().timeout(of_a_call.min(left));
        let answer = token_management_revoke(core, request, Some(&options)).await;
        let answer = answer.map_err(|source| RevokeError::Call { revoked, source })?.into_value();
        match answer.count.map(u64::try_from) {
            Some(Ok(0)) => return Ok(revoked),
            Some(Ok(count)) => revoked += count,
            Some(Err(_)) | None => return Err(RevokeError::Uncounted { revoked }),
        }
        let is_single = request.token_revoke_request.access_token_identifier.is_some()
            || request.token_revoke_request.refresh_token_identifier.is_some();
        if is_single {
            return Ok(revoked);
        }
    }
    Err(RevokeError::Unfinished { revoked, calls: options.max_calls })
}
