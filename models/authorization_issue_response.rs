use super::{AuthorizationTicketInfo, Secret, ServerText};

model! {
    /// The success response to an authorization request, and what was issued with it.
    pub struct AuthorizationIssueResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`authorization_issue`](crate::funcs::authorization_issue).
        action: AuthorizationIssueResponseAction,
        /// The ready-made content of the answer to the client, where the action has one: JSON, a URL or a page.
        response_content: Secret,
        /// The access token, if `response_type` has `token` (RFC 6749 section 4.2).
        access_token: Secret,
        /// When the access token expires, in milliseconds since the Unix epoch.
        access_token_expires_at: i64,
        /// The access token's lifetime in seconds.
        access_token_duration: i64,
        /// The ID token, if `response_type` has `id_token` (OpenID Connect Core 1.0 section 3.2).
        id_token: Secret,
        /// The authorization code, if `response_type` has `code` (RFC 6749 section 4.1).
        authorization_code: Secret,
        /// The access token as a JWT (RFC 9068), where the service issues them.
        jwt_access_token: Secret,
        /// What was stored with the ticket.
        ticket_info: AuthorizationTicketInfo,
    }
}

open_enum! {
    /// How to answer an authorization request that was granted.
    AuthorizationIssueResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`. The ticket is used or has expired.
        BadRequest = "BAD_REQUEST",
        /// `LOCATION`: Redirect to the URL in `response_content`. It may still carry an error.
        Location = "LOCATION",
        /// `FORM`: Answer 200 with the page in `response_content`.
        Form = "FORM",
    }
}
