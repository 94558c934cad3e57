use super::ServerText;

model! {
    /// The answer to a batch creation: the batch was accepted, not yet carried out.
    pub struct TokenCreateBatchResponse {
        /// Authlete's code for the outcome, `A482001` when the batch was accepted.
        result_code: String,
        /// The outcome in words.
        result_message: ServerText,
        /// The opaque ID under which the batch's status can be asked for. Keep it: it cannot be found out again.
        request_id: String,
    }
}
