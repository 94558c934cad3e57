use super::{CredentialRequestInfo, ServerText};

model! {
    /// The deferred credential that a wallet asks for, or how to refuse the request.
    pub struct VciDeferredParseResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see
        /// [`verifiable_credentials_deferred_parse`](crate::funcs::verifiable_credentials_deferred_parse).
        action: VciDeferredParseResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
        /// The credential request that was deferred.
        info: CredentialRequestInfo,
    }
}

open_enum! {
    /// What the deferred credential endpoint does next.
    VciDeferredParseResponseAction {
        /// `OK`: Issue the credential, if it is ready.
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
