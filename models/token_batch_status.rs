use super::ServerText;

model! {
    /// The status of a batch of tokens.
    ///
    /// The API has no value for "pending": a batch is unfinished while [`result`](Self::result) is `None`.
    pub struct TokenBatchStatus {
        /// What the batch does.
        batch_kind: BatchKind,
        /// The batch's ID, as its creation returned it.
        request_id: String,
        /// How the batch ended. `None` while it is unfinished.
        result: TokenBatchStatusResult,
        /// Authlete's code for the error, if the batch failed.
        error_code: String,
        /// The error in words, if the batch failed.
        error_description: ServerText,
        /// How many tokens were processed. What it counts in a failed batch is not documented: do not take it for the
        /// number of tokens that exist.
        token_count: i64,
        /// When the batch was accepted, in milliseconds since the Unix epoch.
        created_at: i64,
        /// When the status last changed, in milliseconds since the Unix epoch.
        modified_at: i64,
    }
}

open_enum! {
    /// What a batch does.
    BatchKind {
        /// `CREATE`: The batch creates tokens.
        Create = "CREATE",
    }
}

open_enum! {
    /// How a batch ended.
    TokenBatchStatusResult {
        /// `SUCCEEDED`: Every token was processed. The spelling `SUCCEED` of older servers is read as this.
        Succeeded = "SUCCEEDED" | "SUCCEED",
        /// `FAILED`: Processing stopped. Tokens before the point of failure may exist.
        Failed = "FAILED",
    }
}
