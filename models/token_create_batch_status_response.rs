use super::{ServerText, TokenBatchStatus};

model! {
    /// The answer to a question about a batch.
    pub struct TokenCreateBatchStatusResponse {
        /// Authlete's code for the outcome. `A447001`: the batch is known.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// The status of the batch.
        status: TokenBatchStatus,
    }
}
