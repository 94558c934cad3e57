use super::{Secret, TicketContext};

model! {
    /// The text to store with a ticket.
    pub struct AuthorizationTicketUpdateRequest(
        /// The ticket of [`AuthorizationResponse`](super::AuthorizationResponse::ticket). It stays valid.
        ticket: Secret,
        /// The application's own text, which replaces the one stored before. Stored encrypted. A string will do.
        info: TicketContext,
    ) {}
}
