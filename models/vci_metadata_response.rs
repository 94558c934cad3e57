use super::ServerText;

model! {
    /// The credential issuer metadata (OpenID for Verifiable Credential Issuance 1.0 section 12.2).
    pub struct VciMetadataResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see
        /// [`verifiable_credentials_get_metadata`](crate::funcs::verifiable_credentials_get_metadata).
        action: VciMetadataResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
    }
}

open_enum! {
    /// What the metadata endpoint answers.
    VciMetadataResponseAction {
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
        /// `NOT_FOUND`: The service does not issue credentials. Answer 404 with `response_content`.
        NotFound = "NOT_FOUND",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}
