use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::AuthorizationTicketUpdateResponse;
use crate::models::operations::UpdateAuthorizationTicketRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "updateAuthorizationTicket",
    method: Method::POST,
    template: "/api/{serviceId}/auth/authorization/ticket/update",
    replay: Replay::Safe,
};

/// Replaces what the application stored with a ticket.
///
/// Call it between [`authorization_process_request`](crate::funcs::authorization_process_request) and the end of
/// the request.
/// [`authorization_management_get_ticket_info`](crate::funcs::authorization_management_get_ticket_info) reads the
/// text. The ticket stays valid. Nothing of the response is for the client.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Go on: the text is stored. |
/// | `NOT_FOUND` | Show an error page: the ticket is used or has expired, so the user has to start again. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500. |
/// | `AUTHLETE_ERROR` | Authlete has a problem. Answer 500. |
///
/// [`endpoint::authorization::respond_ticket_update`](crate::endpoint::authorization::respond_ticket_update()) does so.
///
/// # Replay
/// Safe: a second request stores the same text.
///
/// ```no_run
/// use authlete::funcs::authorization_management_update_ticket;
/// use authlete::models::{
///     AuthorizationTicketUpdateRequest, AuthorizationTicketUpdateResponseAction,
/// };
///
/// # fn ticket_of_session() -> authlete::Secret { authlete::Secret::from("ticket") }
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request =
///     AuthorizationTicketUpdateRequest::new(ticket_of_session(), "step=consent").into();
/// let answer = authorization_management_update_ticket(&core, &request, None).await?.value;
/// if answer.action != Some(AuthorizationTicketUpdateResponseAction::Ok) {
///     println!("show an error page");
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "updateAuthorizationTicket")]
#[doc(alias = "authorizationManagementUpdateTicket")]
#[doc(alias = "update")]
pub async fn authorization_management_update_ticket(
    core: &AuthleteCore,
    request: &UpdateAuthorizationTicketRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<AuthorizationTicketUpdateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.authorization_ticket_update_request)
        .send()
        .await
        .json()
}
