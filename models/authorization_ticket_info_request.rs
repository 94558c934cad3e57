use super::Secret;

model! {
    /// The ticket to look up.
    pub struct AuthorizationTicketInfoRequest(
        /// The ticket of [`AuthorizationResponse`](super::AuthorizationResponse::ticket). It stays valid.
        ticket: Secret,
    ) {}
}
