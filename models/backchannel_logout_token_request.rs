use super::Secret;

model! {
    /// Whom a logout token is about (OpenID Connect Back-Channel Logout 1.0). Not in the API description.
    ///
    /// The user, the session, or both must be given.
    pub struct BackchannelLogoutTokenRequest(
        /// The client to log the user out at: its numeric ID or alias.
        client_identifier: String,
    ) {
        /// The user's unique ID at the service: `sub`.
        subject: String,
        /// The ID of the user's session: `sid`. A service with
        /// [`backchannel_logout_session_supported`](super::Service::backchannel_logout_session_supported) should give it.
        session_id: Secret,
    }
}
