use super::ServerText;

model! {
    /// The outcome of [`token_management_revoke`](crate::funcs::token_management_revoke).
    pub struct TokenRevokeResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// How many tokens were revoked. 0 may mean that a repeated attempt found them gone.
        count: i64,
    }
}
