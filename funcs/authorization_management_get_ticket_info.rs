use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::AuthorizationTicketInfoResponse;
use crate::models::operations::AuthorizationTicketInfoPostApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "authorization_ticket_info_post_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/authorization/ticket/info",
    replay: Replay::Safe,
};

/// Reads what the application stored with a ticket.
///
/// Call it between [`authorization_process_request`](crate::funcs::authorization_process_request) and the end of
/// the request. The text is what `context` of that call, or
/// [`authorization_management_update_ticket`](crate::funcs::authorization_management_update_ticket), stored. The
/// ticket stays valid. Nothing of the response is for the client.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Use `info`. |
/// | `NOT_FOUND` | Show an error page: the ticket is used or has expired, so the user has to start again. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500. |
/// | `AUTHLETE_ERROR` | Authlete has a problem. Answer 500. |
///
/// [`endpoint::authorization::respond_ticket_info`](crate::endpoint::authorization::respond_ticket_info()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::authorization_management_get_ticket_info;
/// use authlete::models::{
///     AuthorizationTicketInfoRequest, AuthorizationTicketInfoResponseAction,
/// };
///
/// # fn ticket_of_session() -> authlete::Secret { authlete::Secret::from("ticket") }
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthorizationTicketInfoRequest::new(ticket_of_session()).into();
/// let answer = authorization_management_get_ticket_info(&core, &request, None).await?.value;
/// if answer.action == Some(AuthorizationTicketInfoResponseAction::Ok) {
///     let context = answer.info.and_then(|info| info.context);
///     println!("stored: {}", context.is_some());
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "authorization_ticket_info_post_api")]
#[doc(alias = "authorizationManagementGetTicketInfo")]
#[doc(alias = "info")]
pub async fn authorization_management_get_ticket_info(
    core: &AuthleteCore,
    request: &AuthorizationTicketInfoPostApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<AuthorizationTicketInfoResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.authorization_ticket_info_request)
        .send()
        .await
        .json()
}
