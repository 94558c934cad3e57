use serde::{Deserialize, Serialize};

use super::ServerText;

/// The answer to a batch creation: the batch was accepted, not yet carried out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TokenCreateBatchResponse {
    /// Authlete's code for the outcome, `A482001` when the batch was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_code: Option<String>,
    /// The outcome in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_message: Option<ServerText>,
    /// The opaque ID under which the batch's status can be asked for. Keep it: it cannot be found out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

model!(TokenCreateBatchResponse { ; result_code: String, result_message: ServerText, request_id: String });
