use super::{CredentialRequestInfo, ServerText};

model! {
    /// What a credential request asks for, or how to refuse it.
    pub struct VciSingleParseResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`verifiable_credentials_parse`](crate::funcs::verifiable_credentials_parse).
        action: VciSingleParseResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
        /// What the wallet asks for.
        info: CredentialRequestInfo,
    }
}

open_enum! {
    /// What the credential endpoint does next.
    VciSingleParseResponseAction {
        /// `OK`: Gather the user's data, then issue the credential.
        Ok = "OK",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: Answer 401 with `response_content` as the value of `WWW-Authenticate`.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: Answer 403 with `response_content`.
        Forbidden = "FORBIDDEN",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}
