use super::{Secret, ServerText};

model! {
    /// What to answer to a request to the grant management endpoint.
    pub struct GMResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`grant_management_process_request`](crate::funcs::grant_management_process_request).
        action: GMResponseAction,
        /// The content of a success, or the value for `WWW-Authenticate` of a refusal (RFC 6750 section 3).
        response_content: Secret,
        /// The nonce to send in a `DPoP-Nonce` header (RFC 9449 section 9).
        dpop_nonce: String,
    }
}

open_enum! {
    /// What to do with a request to the grant management endpoint.
    GMResponseAction {
        /// `OK`: Answer 200 with `response_content`, which tells what has been granted.
        Ok = "OK",
        /// `NO_CONTENT`: Answer 204. The grant is revoked.
        NoContent = "NO_CONTENT",
        /// `UNAUTHORIZED`: Answer 401 with `response_content` in `WWW-Authenticate`.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: Answer 403 with `response_content` in `WWW-Authenticate`.
        Forbidden = "FORBIDDEN",
        /// `NOT_FOUND`: Answer 404 with `response_content` in `WWW-Authenticate`.
        NotFound = "NOT_FOUND",
        /// `CALLER_ERROR`: Answer 500. The call was wrong.
        CallerError = "CALLER_ERROR",
        /// `AUTHLETE_ERROR`: Answer 500. Authlete failed.
        AuthleteError = "AUTHLETE_ERROR",
    }
}
