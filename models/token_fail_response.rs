use super::ServerText;

model! {
    /// The error response to a token request.
    pub struct TokenFailResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`token_fail`](crate::funcs::token_fail).
        action: TokenFailResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
    }
}

open_enum! {
    /// How to answer a token request that failed.
    TokenFailResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
    }
}
