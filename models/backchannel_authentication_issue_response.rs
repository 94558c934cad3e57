use super::{Secret, ServerText};

model! {
    /// The acknowledgement of a backchannel authentication request (OpenID Connect CIBA 1.0 section 7.3).
    pub struct BackchannelAuthenticationIssueResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`ciba_issue`](crate::funcs::ciba_issue).
        action: BackchannelAuthenticationIssueResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// The `auth_req_id` under which the client asks for the outcome.
        auth_req_id: Secret,
        /// The lifetime of the `auth_req_id` in seconds.
        expires_in: i64,
        /// How many seconds the client must wait between two token requests.
        interval: i64,
    }
}

open_enum! {
    /// What the backchannel authentication endpoint answers.
    BackchannelAuthenticationIssueResponseAction {
        /// `INTERNAL_SERVER_ERROR`: The call was wrong, or Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `INVALID_TICKET`: The ticket is unknown or expired. Answer 500 with `response_content`.
        InvalidTicket = "INVALID_TICKET",
        /// `OK`: Answer 200 with `response_content`, then ask the user.
        Ok = "OK",
    }
}
