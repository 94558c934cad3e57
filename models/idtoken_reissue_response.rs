use super::{Secret, ServerText};

model! {
    /// A token response with a new ID token.
    pub struct IdtokenReissueResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`token_management_reissue_id_token`](crate::funcs::token_management_reissue_id_token).
        action: IdtokenReissueResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// The new ID token (OpenID Connect Core 1.0 section 12.2).
        id_token: Secret,
    }
}

open_enum! {
    /// What the token endpoint answers.
    IdtokenReissueResponseAction {
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `CALLER_ERROR`: The call was wrong. Log it and answer 500.
        CallerError = "CALLER_ERROR",
    }
}
