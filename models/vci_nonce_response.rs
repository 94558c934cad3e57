use super::ServerText;

model! {
    /// A nonce for proofs of possession (OpenID for Verifiable Credential Issuance 1.0 section 7.2).
    pub struct VciNonceResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`verifiable_credentials_nonce`](crate::funcs::verifiable_credentials_nonce).
        action: VciNonceResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
        /// The nonce: the `c_nonce` of the response.
        cnonce: String,
    }
}

open_enum! {
    /// What the nonce endpoint answers.
    VciNonceResponseAction {
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
        /// `NOT_FOUND`: The service does not issue credentials. Answer 404 with `response_content`.
        NotFound = "NOT_FOUND",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}
