use serde::{Deserialize, Serialize};

use super::{ServerText, TokenBatchStatus};

/// The answer to a question about a batch's status.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TokenCreateBatchStatusResponse {
    /// Authlete's code for the outcome of the question, `A447001` when a status was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_code: Option<String>,
    /// The outcome in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_message: Option<ServerText>,
    /// The status itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TokenBatchStatus>,
}

model!(TokenCreateBatchStatusResponse { ; result_code: String, result_message: ServerText, status: TokenBatchStatus });
