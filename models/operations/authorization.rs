use crate::models::{AuthorizationFailRequest, AuthorizationIssueRequest, AuthorizationRequest};

request! {
    /// What [`authorization_process_request`](crate::funcs::authorization_process_request) sends.
    pub struct AuthAuthorizationApiRequest(
        /// The client's request.
        authorization_request: AuthorizationRequest,
    ) {}
}

request! {
    /// What [`authorization_fail`](crate::funcs::authorization_fail) sends.
    pub struct AuthAuthorizationFailApiRequest(
        /// The ticket and the reason.
        authorization_fail_request: AuthorizationFailRequest,
    ) {}
}

request! {
    /// What [`authorization_issue`](crate::funcs::authorization_issue) sends.
    pub struct AuthAuthorizationIssueApiRequest(
        /// The ticket, the user, and what to issue.
        authorization_issue_request: AuthorizationIssueRequest,
    ) {}
}
