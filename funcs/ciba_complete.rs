use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::BackchannelAuthenticationCompleteResponse;
use crate::models::operations::BackchannelAuthenticationCompleteApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "backchannel_authentication_complete_api",
    method: Method::POST,
    template: "/api/{serviceId}/backchannel/authentication/complete",
    replay: Replay::Unsafe,
};

/// Completes a backchannel authentication: tells Authlete how the user decided (OpenID Connect CIBA 1.0 section 10).
///
/// Call it when the authentication device has answered, or when it has not in time. Authlete does not know who the user
/// is: make sure that `subject` is the user whom the hint identified. In push mode this call issues the tokens; in ping
/// and poll mode the client then calls the token endpoint, where [`token_process`](crate::funcs::token_process) issues
/// them.
///
/// | `action` | what to do |
/// |---|---|
/// | `NOTIFICATION` | Post `response_content` as JSON to `client_notification_endpoint`, with `client_notification_token` as the bearer (sections 10.2, 10.3 and 12). The client answers 204 or 200; do not follow redirects. Errors are notified in the same way. |
/// | `NO_ACTION` | Nothing: the decision is recorded, and the client polls for it. |
/// | `SERVER_ERROR` | The call was wrong, or Authlete has a problem. Nothing was recorded for the client: log `result_code`. |
///
/// [`endpoint::backchannel_authentication::respond_complete`](crate::endpoint::backchannel_authentication::respond_complete()) does so.
///
/// # Replay
/// Unsafe: a second request may issue tokens or notify the client twice.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::ciba_complete;
/// use authlete::models::operations::BackchannelAuthenticationCompleteApiRequest;
/// use authlete::models::{
///     BackchannelAuthenticationCompleteRequest,
///     BackchannelAuthenticationCompleteRequestResult,
///     BackchannelAuthenticationCompleteResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore, ticket: authlete::Secret) -> Result<(), authlete::AuthleteError> {
/// let decision = BackchannelAuthenticationCompleteRequestResult::Authorized;
/// let body = BackchannelAuthenticationCompleteRequest::new(ticket, decision, "john")
///     .acr("urn:example:mfa");
/// let request = BackchannelAuthenticationCompleteApiRequest::new(body);
/// let answer = ciba_complete(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::Notification) => {
///         println!("notify {:?}", answer.client_notification_endpoint);
///     }
///     Some(Action::NoAction) => {}
///     _ => println!("failed with {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "backchannel_authentication_complete_api")]
#[doc(alias = "cibaComplete")]
#[doc(alias = "complete")]
pub async fn ciba_complete(
    core: &AuthleteCore,
    request: &BackchannelAuthenticationCompleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<BackchannelAuthenticationCompleteResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.backchannel_authentication_complete_request)
        .send()
        .await
        .json()
}
