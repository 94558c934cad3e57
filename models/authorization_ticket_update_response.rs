use super::{AuthorizationTicketInfo, ServerText};

model! {
    /// What is stored with a ticket after the update.
    pub struct AuthorizationTicketUpdateResponse {
        /// What is stored with the ticket now.
        info: AuthorizationTicketInfo,
        /// What to do next; see
        /// [`authorization_management_update_ticket`](crate::funcs::authorization_management_update_ticket).
        action: AuthorizationTicketUpdateResponseAction,
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
    }
}

open_enum! {
    /// Whether a ticket was updated.
    AuthorizationTicketUpdateResponseAction {
        /// `OK`: Go on. The text is stored.
        Ok = "OK",
        /// `NOT_FOUND`: Show an error page. The ticket is used, has expired or never existed.
        NotFound = "NOT_FOUND",
        /// `CALLER_ERROR`: Answer 500. The call was wrong.
        CallerError = "CALLER_ERROR",
        /// `AUTHLETE_ERROR`: Answer 500. Authlete failed.
        AuthleteError = "AUTHLETE_ERROR",
    }
}
