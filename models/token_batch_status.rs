use super::ServerText;

model! {
    /// Where a batch stands.
    ///
    /// The API has no value for "pending": a batch is unfinished while [`result`](Self::result) is `None`.
    pub struct TokenBatchStatus {
        /// What the batch does.
        batch_kind: BatchKind,
        /// The batch's ID, the one its creation returned.
        request_id: String,
        /// The outcome; `None` while the batch is unfinished.
        result: TokenBatchStatusResult,
        /// Authlete's code for what went wrong, where something did.
        error_code: String,
        /// What went wrong, in words.
        error_description: ServerText,
        /// How many tokens were processed. What it counts in a failed batch is not documented: do not take it for the number
        /// of tokens that now exist.
        token_count: i64,
        /// When the batch was accepted, in milliseconds since the Unix epoch.
        created_at: i64,
        /// When the record last changed, in milliseconds since the Unix epoch.
        modified_at: i64,
    }
}

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
