use crate::models::{TokenFailRequest, TokenIssueRequest, TokenRequest};

request! {
    /// What [`token_process`](crate::funcs::token_process) sends.
    pub struct AuthTokenApiRequest(
        /// The client's request.
        token_request: TokenRequest,
    ) {}
}

request! {
    /// What [`token_fail`](crate::funcs::token_fail) sends.
    pub struct AuthTokenFailApiRequest(
        /// The ticket and the reason.
        token_fail_request: TokenFailRequest,
    ) {}
}

request! {
    /// What [`token_issue`](crate::funcs::token_issue) sends.
    pub struct AuthTokenIssueApiRequest(
        /// The ticket and the user.
        token_issue_request: TokenIssueRequest,
    ) {}
}
