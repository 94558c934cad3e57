use super::ServerText;

model! {
    /// The error response to a backchannel authentication request.
    pub struct BackchannelAuthenticationFailResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`ciba_fail`](crate::funcs::ciba_fail).
        action: BackchannelAuthenticationFailResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
    }
}

open_enum! {
    /// What the backchannel authentication endpoint answers.
    BackchannelAuthenticationFailResponseAction {
        /// `INTERNAL_SERVER_ERROR`: The reason was `SERVER_ERROR`, the call was wrong, or Authlete has a problem.
        /// Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `FORBIDDEN`: The reason was `ACCESS_DENIED`. Answer 403 with `response_content`.
        Forbidden = "FORBIDDEN",
    }
}
