use crate::models::{AuthorizationTicketInfoRequest, AuthorizationTicketUpdateRequest};

request! {
    /// What [`authorization_management_get_ticket_info`](crate::funcs::authorization_management_get_ticket_info)
    /// sends.
    pub struct AuthorizationTicketInfoPostApiRequest(
        /// The ticket.
        authorization_ticket_info_request: AuthorizationTicketInfoRequest,
    ) {}
}

request! {
    /// What [`authorization_management_update_ticket`](crate::funcs::authorization_management_update_ticket) sends.
    pub struct UpdateAuthorizationTicketRequest(
        /// The ticket and the text.
        authorization_ticket_update_request: AuthorizationTicketUpdateRequest,
    ) {}
}
