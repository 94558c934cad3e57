use super::ServerText;

model! {
    /// The JWT issuer metadata (SD-JWT VC).
    pub struct VciJwtissuerResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see
        /// [`verifiable_credentials_get_jwt_issuer`](crate::funcs::verifiable_credentials_get_jwt_issuer).
        action: VciJwtissuerResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
    }
}

open_enum! {
    /// What the metadata endpoint answers.
    VciJwtissuerResponseAction {
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
        /// `NOT_FOUND`: The service does not issue credentials. Answer 404 with `response_content`.
        NotFound = "NOT_FOUND",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}
