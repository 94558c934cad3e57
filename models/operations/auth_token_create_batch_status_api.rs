use serde::{Deserialize, Serialize};

/// What
/// [`token_operations_auth_token_create_batch_status_api`](crate::funcs::token_operations_auth_token_create_batch_status_api)
/// sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthTokenCreateBatchStatusApiRequest {
    /// The service that the batch belongs to. Absent, the core's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// The ID that the batch's creation returned.
    pub token_batch_request_id: String,
}

model!(AuthTokenCreateBatchStatusApiRequest {
    token_batch_request_id: String;
    service_id: String,
});
