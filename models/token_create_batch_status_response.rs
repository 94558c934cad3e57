use super::{ServerText, TokenBatchStatus};

model! {
    /// The answer to a question about a batch's status.
    pub struct TokenCreateBatchStatusResponse {
        /// Authlete's code for the outcome of the question, `A447001` when a status was found.
        result_code: String,
        /// The outcome in words.
        result_message: ServerText,
        /// The status itself.
        status: TokenBatchStatus,
    }
}
