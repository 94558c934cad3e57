use super::ServerText;

model! {
    /// The answer to a batch creation: the batch is accepted, but not yet carried out.
    pub struct TokenCreateBatchResponse {
        /// Authlete's code for the outcome. `A482001`: the batch was accepted.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// The opaque ID of the batch, for
        /// [`token_operations_auth_token_create_batch_status_api`](crate::funcs::token_operations_auth_token_create_batch_status_api).
        /// Keep it: no call finds it again.
        request_id: String,
    }
}
