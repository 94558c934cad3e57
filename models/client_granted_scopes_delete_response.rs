use super::ServerText;

model! {
    /// The outcome of deleting the record of granted scopes.
    pub struct ClientGrantedScopesDeleteResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
    }
}
