use authlete::AuthleteCore;
#[cfg(all(feature = "both", not(feature = "face")))]
use authlete::funcs::token_operations_auth_token_create_batch_api;
#[cfg(not(feature = "face"))]
use authlete::funcs::token_operations_auth_token_create_batch_status_api;
use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;

use crate::Target;

pub(crate) async fn calls(target: &Target) -> Option<i64> {
    let core = AuthleteCore::builder()
        .bearer(target.bearer.as_str())
        .base_url(target.url.as_str())
        .service_id(target.service.as_str());
    #[cfg(feature = "transport")]
    let core = core.transport(authlete::transport::transport_fn(|_| async {
        Ok(http::Response::new(r#"{"status":{"tokenCount":3}}"#.into()))
    }));
    let core = core.build().ok()?;
    #[cfg(feature = "face")]
    let authlete = authlete::Authlete::new(core);
    #[cfg(feature = "both")]
    {
        use authlete::models::operations::AuthTokenCreateBatchApiRequest;
        use authlete::models::{GrantType, TokenCreateRequest};

        let token = TokenCreateRequest::new(GrantType::ClientCredentials).client_id(42);
        let token = match std::env::args().nth(5) {
            Some(value) => token.access_token(value),
            None => token,
        };
        let request = AuthTokenCreateBatchApiRequest::new([token]);
        #[cfg(not(feature = "face"))]
        let created = token_operations_auth_token_create_batch_api(&core, &request, None).await.ok()?.value;
        #[cfg(feature = "face")]
        let created = authlete.token_operations().auth_token_create_batch_api(&request, None).await.ok()?;
        if created.request_id.as_deref() != Some(target.batch.as_str()) {
            return None;
        }
    }
    #[cfg(any(feature = "ten-with-body", feature = "ten-without", feature = "service"))]
    if let Some(text) = std::env::args().nth(6) {
        crate::more::more(&core, &text).await?;
    }
    let request = AuthTokenCreateBatchStatusApiRequest::new(target.batch.as_str());
    #[cfg(not(feature = "face"))]
    let answer = token_operations_auth_token_create_batch_status_api(&core, &request, None).await.ok()?.value;
    #[cfg(feature = "face")]
    let answer = authlete.token_operations().auth_token_create_batch_status_api(&request, None).await.ok()?;
    answer.status?.token_count
}
