use serde::{Deserialize, Serialize};

use crate::models::Secret;

/// What [`token_management_delete`](crate::funcs::token_management_delete) sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthTokenDeleteApiRequest {
    /// The service that the token belongs to. Absent, the core's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// The access token, or the hash under which the list of tokens shows it.
    pub access_token_identifier: Secret,
}

model!(AuthTokenDeleteApiRequest {
    access_token_identifier: Secret;
    service_id: String,
});
