use crate::models::{UserinfoIssueRequest, UserinfoRequest};

request! {
    /// What [`userinfo_process`](crate::funcs::userinfo_process) sends.
    pub struct AuthUserinfoApiRequest(
        /// The token, and the proof that goes with it.
        userinfo_request: UserinfoRequest,
    ) {}
}

request! {
    /// What [`userinfo_issue`](crate::funcs::userinfo_issue) sends.
    pub struct AuthUserinfoIssueApiRequest(
        /// The token and the claims.
        userinfo_issue_request: UserinfoIssueRequest,
    ) {}
}
