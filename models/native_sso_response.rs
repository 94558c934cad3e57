use super::{Secret, ServerText};

model! {
    /// A token response with an ID token for Native SSO.
    pub struct NativeSsoResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`native_sso_process`](crate::funcs::native_sso_process).
        action: NativeSsoResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// The ID token, with the claims `ds_hash` and `sid`.
        id_token: Secret,
    }
}

open_enum! {
    /// What the token endpoint answers.
    NativeSsoResponseAction {
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `CALLER_ERROR`: The call was wrong. Log it and answer 500 with `response_content`.
        CallerError = "CALLER_ERROR",
    }
}
