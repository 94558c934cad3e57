use serde::{Deserialize, Serialize};

use super::ServerText;

/// Where a batch stands.
///
/// The API has no value for "pending": a batch is unfinished while [`result`](Self::result) is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TokenBatchStatus {
    /// What the batch does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_kind: Option<BatchKind>,
    /// The batch's ID, the one its creation returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The outcome; `None` while the batch is unfinished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<TokenBatchStatusResult>,
    /// Authlete's code for what went wrong, where something did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// What went wrong, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_description: Option<ServerText>,
    /// How many tokens were processed. What it counts in a failed batch is not documented: do not take it for the number
    /// of tokens that now exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_count: Option<i64>,
    /// When the batch was accepted, in milliseconds since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<i64>,
    /// When the record last changed, in milliseconds since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified_at: Option<i64>,
}

model!(TokenBatchStatus {
    ;
    batch_kind: BatchKind,
    request_id: String,
    result: TokenBatchStatusResult,
    error_code: String,
    error_description: ServerText,
    token_count: i64,
    created_at: i64,
    modified_at: i64,
});

open_enum! {
    /// What a batch does.
    BatchKind {
        /// `CREATE`: it creates tokens.
        Create = "CREATE",
    }
}

open_enum! {
    /// How a batch ended.
    TokenBatchStatusResult {
        /// `SUCCEEDED`: every token was processed. The spelling `SUCCEED` of older servers is read as this.
        Succeeded = "SUCCEEDED" | "SUCCEED",
        /// `FAILED`: processing stopped. Tokens before the point of failure may exist.
        Failed = "FAILED",
    }
}
