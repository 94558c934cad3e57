use crate::models::BackchannelLogoutTokenRequest;

request! {
    /// What [`backchannel_logout_token`](crate::funcs::backchannel_logout_token) sends.
    pub struct BackchannelLogoutTokenApiRequest(
        /// The client, and the user or session.
        backchannel_logout_token_request: BackchannelLogoutTokenRequest,
    ) {}
}
