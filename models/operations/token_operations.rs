use crate::models::TokenCreateRequest;

request! {
    /// What
    /// [`token_operations_auth_token_create_batch_api`](crate::funcs::token_operations_auth_token_create_batch_api)
    /// sends.
    pub struct AuthTokenCreateBatchApiRequest(
        /// The tokens to create. An empty list is sent as it is.
        request_body: [TokenCreateRequest],
    ) {
        /// Whether the batch is only checked, with nothing created.
        dry_run: bool,
    }
}

request! {
    /// What
    /// [`token_operations_auth_token_create_batch_status_api`](crate::funcs::token_operations_auth_token_create_batch_status_api)
    /// sends.
    pub struct AuthTokenCreateBatchStatusApiRequest(
        /// The ID of the batch, as its creation returned it.
        token_batch_request_id: String,
    ) {}
}
