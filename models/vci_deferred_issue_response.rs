use super::{Secret, ServerText};

model! {
    /// A deferred credential response (OpenID for Verifiable Credential Issuance 1.0 section 9.2).
    pub struct VciDeferredIssueResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see
        /// [`verifiable_credentials_deferred_issue`](crate::funcs::verifiable_credentials_deferred_issue).
        action: VciDeferredIssueResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
    }
}

open_enum! {
    /// What the deferred credential endpoint answers.
    VciDeferredIssueResponseAction {
        /// `OK`: Answer 200 with `response_content` as `application/json`.
        Ok = "OK",
        /// `FORBIDDEN`: Answer 403 with `response_content`.
        Forbidden = "FORBIDDEN",
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem. Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `CALLER_ERROR`: The call was wrong. Log it and answer 500 with `response_content`.
        CallerError = "CALLER_ERROR",
        /// (only in Java / live servers)
        /// `ACCEPTED`: The credential is not ready. Answer 202 with `response_content` as JSON. Not in the API
        /// description; newer servers send it.
        Accepted = "ACCEPTED",
        /// (only in Java / live servers)
        /// `ACCEPTED_JWT`: The same as an encrypted response: answer 202 with `response_content` as `application/jwt`.
        /// Not in the API description; newer servers send it.
        AcceptedJwt = "ACCEPTED_JWT",
        /// (only in Java / live servers)
        /// `BAD_REQUEST`: Answer 400 with `response_content`. Newer servers only.
        BadRequest = "BAD_REQUEST",
        /// (only in Java / live servers)
        /// `OK_JWT`: Answer 200 with `response_content` as `application/jwt`. Newer servers only.
        OkJwt = "OK_JWT",
    }
}
