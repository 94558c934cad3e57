use serde::{Deserialize, Serialize};

use crate::models::TokenCreateRequest;

/// What [`token_operations_auth_token_create_batch_api`](crate::funcs::token_operations_auth_token_create_batch_api)
/// sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthTokenCreateBatchApiRequest {
    /// The service that the tokens belong to. Absent, the core's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// Whether the batch is only tried: processed, with nothing created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<bool>,
    /// The tokens to create. An empty list is sent as it is.
    pub request_body: Vec<TokenCreateRequest>,
}

model!(AuthTokenCreateBatchApiRequest {
    request_body: [TokenCreateRequest];
    service_id: String,
    dry_run: bool,
});

impl From<Vec<TokenCreateRequest>> for AuthTokenCreateBatchApiRequest {
    fn from(tokens: Vec<TokenCreateRequest>) -> Self {
        Self::new(tokens)
    }
}
