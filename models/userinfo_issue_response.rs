use super::{Secret, ServerText};

model! {
    /// The response to a UserInfo request.
    pub struct UserinfoIssueResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`userinfo_issue`](crate::funcs::userinfo_issue).
        action: UserinfoIssueResponseAction,
        /// The content of a success, or the value for `WWW-Authenticate` of a refusal (RFC 6750 section 3).
        response_content: Secret,
        /// The value for the `Signature` header, where the response has to be signed (RFC 9421 section 4.2).
        signature: String,
        /// The value for the `Signature-Input` header, where the response has to be signed (RFC 9421 section 4.1).
        signature_input: String,
        /// The value for the `Content-Digest` header, where the response has to be signed (RFC 9530 section 2).
        content_digest: String,
    }
}

open_enum! {
    /// How to answer a UserInfo request.
    UserinfoIssueResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content` in `WWW-Authenticate`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content` in `WWW-Authenticate`.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: Answer 401 with `response_content` in `WWW-Authenticate`.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: Answer 403 with `response_content` in `WWW-Authenticate`.
        Forbidden = "FORBIDDEN",
        /// `JSON`: Answer 200 with `response_content` as JSON.
        Json = "JSON",
        /// `JWT`: Answer 200 with `response_content` as `application/jwt` (OpenID Connect Core 1.0 section 5.3.2).
        Jwt = "JWT",
    }
}
