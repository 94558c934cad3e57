use crate::models::{
    BackchannelAuthenticationCompleteRequest, BackchannelAuthenticationFailRequest,
    BackchannelAuthenticationIssueRequest, BackchannelAuthenticationRequest,
};

request! {
    /// What [`ciba_process_authentication`](crate::funcs::ciba_process_authentication) sends.
    pub struct BackchannelAuthenticationApiRequest(
        /// The client's request.
        backchannel_authentication_request: BackchannelAuthenticationRequest,
    ) {}
}

request! {
    /// What [`ciba_issue`](crate::funcs::ciba_issue) sends.
    pub struct BackchannelAuthenticationIssueApiRequest(
        /// The ticket.
        backchannel_authentication_issue_request: BackchannelAuthenticationIssueRequest,
    ) {}
}

request! {
    /// What [`ciba_fail`](crate::funcs::ciba_fail) sends.
    pub struct BackchannelAuthenticationFailApiRequest(
        /// The ticket and the reason.
        backchannel_authentication_fail_request: BackchannelAuthenticationFailRequest,
    ) {}
}

request! {
    /// What [`ciba_complete`](crate::funcs::ciba_complete) sends.
    pub struct BackchannelAuthenticationCompleteApiRequest(
        /// The ticket and the decision.
        backchannel_authentication_complete_request: BackchannelAuthenticationCompleteRequest,
    ) {}
}
