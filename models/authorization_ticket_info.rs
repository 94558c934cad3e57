use super::Secret;

model! {
    /// What was stored with a ticket.
    pub struct AuthorizationTicketInfo {
        /// The application's own text.
        context: Secret,
    }
}
