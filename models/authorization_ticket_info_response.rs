use super::{AuthorizationTicketInfo, ServerText};

model! {
    /// What is stored with a ticket.
    pub struct AuthorizationTicketInfoResponse {
        /// What is stored with the ticket.
        info: AuthorizationTicketInfo,
        /// What to do next; see
        /// [`authorization_management_get_ticket_info`](crate::funcs::authorization_management_get_ticket_info).
        action: AuthorizationTicketInfoResponseAction,
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
    }
}

open_enum! {
    /// Whether a ticket was found.
    AuthorizationTicketInfoResponseAction {
        /// `OK`: Use `info`.
        Ok = "OK",
        /// `NOT_FOUND`: Show an error page. The ticket is used, has expired or never existed.
        NotFound = "NOT_FOUND",
        /// `CALLER_ERROR`: Answer 500. The call was wrong.
        CallerError = "CALLER_ERROR",
        /// `AUTHLETE_ERROR`: Answer 500. Authlete failed.
        AuthleteError = "AUTHLETE_ERROR",
    }
}
