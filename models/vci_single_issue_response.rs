use super::{Secret, ServerText};

model! {
    /// A credential response (OpenID for Verifiable Credential Issuance 1.0 section 8.3).
    pub struct VciSingleIssueResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`verifiable_credentials_issue`](crate::funcs::verifiable_credentials_issue).
        action: VciSingleIssueResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// The `transaction_id`, if issuance is deferred.
        transaction_id: Secret,
    }
}

open_enum! {
    /// What the credential endpoint answers.
    VciSingleIssueResponseAction {
        /// `OK`: Answer 200 with `response_content` as `application/json`.
        Ok = "OK",
        /// `ACCEPTED`: Issuance is deferred. Answer 202 with `response_content` as `application/json`.
        Accepted = "ACCEPTED",
        /// `UNAUTHORIZED`: Answer 401 with `response_content` as the value of `WWW-Authenticate`.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: Answer 403 with `response_content`.
        Forbidden = "FORBIDDEN",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `CALLER_ERROR`: The call was wrong. Log it and answer 500 with `response_content`.
        CallerError = "CALLER_ERROR",
        /// (only in Java / live servers)
        /// `ACCEPTED_JWT`: Issuance is deferred. Answer 202 with `response_content` as `application/jwt`. Newer servers
        /// only.
        AcceptedJwt = "ACCEPTED_JWT",
        /// (only in Java / live servers)
        /// `BAD_REQUEST`: Answer 400 with `response_content`. Newer servers only.
        BadRequest = "BAD_REQUEST",
        /// (only in Java / live servers)
        /// `OK_JWT`: Answer 200 with `response_content` as `application/jwt`. Newer servers only.
        OkJwt = "OK_JWT",
    }
}
