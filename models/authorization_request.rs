use super::{CimdOptions, Secret};

model! {
    /// An authorization request, as the client sent it.
    pub struct AuthorizationRequest(
        /// The raw query of a `GET`, or the raw body of a `POST`, percent-encoded as received. Do not decode and
        /// encode it again: duplicates and their order count.
        parameters: Secret,
    ) {
        /// Any text to keep with the ticket, stored encrypted. Read it by
        /// [`authorization_management_get_ticket_info`](crate::funcs::authorization_management_get_ticket_info),
        /// replace it by
        /// [`authorization_management_update_ticket`](crate::funcs::authorization_management_update_ticket).
        context: Secret,
        /// How to treat a Client ID Metadata Document in this call.
        cimd_options: CimdOptions,
    }
}
