use super::{Secret, ServerText};

model! {
    /// A logout token, and where it goes (OpenID Connect Back-Channel Logout 1.0). Not in the API description.
    pub struct BackchannelLogoutTokenResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`backchannel_logout_token`](crate::funcs::backchannel_logout_token).
        action: BackchannelLogoutTokenResponseAction,
        /// The logout token (section 2.4).
        logout_token: Secret,
        /// Where to send it: the client's `backchannel_logout_uri`, unchecked. Absent if the client has none.
        backchannel_logout_uri: String,
    }
}

open_enum! {
    /// What to do after asking for a logout token.
    BackchannelLogoutTokenResponseAction {
        /// Send the logout token to the client.
        Ok = "OK",
        /// Something failed at Authlete. Try again later.
        ServerError = "SERVER_ERROR",
        /// The request was wrong. Mend it.
        CallerError = "CALLER_ERROR",
    }
}
