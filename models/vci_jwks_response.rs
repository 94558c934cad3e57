use super::ServerText;

model! {
    /// The public keys of the credential issuer, as a JWK Set (RFC 7517 section 5).
    pub struct VciJwksResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`verifiable_credentials_get_jwks`](crate::funcs::verifiable_credentials_get_jwks).
        action: VciJwksResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
    }
}

open_enum! {
    /// What the key set endpoint answers.
    VciJwksResponseAction {
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
        /// `NOT_FOUND`: The service does not issue credentials. Answer 404 with `response_content`.
        NotFound = "NOT_FOUND",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem, or the service has no key set for credentials. Answer 500
        /// with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}
