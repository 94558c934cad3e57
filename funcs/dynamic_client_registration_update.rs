use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientRegistrationResponse;
use crate::models::operations::ClientRegistrationUpdateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_registration_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/registration/update",
    replay: Replay::Unsafe,
};

/// Updates a client's registration at its own request (RFC 7592 section 2.2).
///
/// Give the body of the client's request as `json`, unchanged, the client ID from the URL as `client_id`, and the
/// registration access token, which the client sends as its bearer, as `token`. The body is the whole of the client's
/// metadata, not a patch.
///
/// [`register`](crate::funcs::dynamic_client_registration_register),
/// [`get`](crate::funcs::dynamic_client_registration_get), [`update`](crate::funcs::dynamic_client_registration_update)
/// and [`delete`](crate::funcs::dynamic_client_registration_delete) are the four operations behind the client
/// registration endpoint (RFC 7591) and the client configuration endpoint (RFC 7592). Answer with `application/json`
/// and `Cache-Control: no-store`, and with nothing of the response but `response_content`, which holds the client's
/// secrets.
///
/// | `action` | what to do |
/// |---|---|
/// | `UPDATED` | Answer 200 with `response_content`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content`. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` and `WWW-Authenticate: Bearer error="invalid_token"`. Only if the service has [`unauthorized_on_client_config_supported`](crate::models::Service::unauthorized_on_client_config_supported), else `BAD_REQUEST`. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content`. |
///
/// [`endpoint::client_registration::respond`](crate::endpoint::client_registration::respond()) does so.
///
/// # Replay
/// Unsafe: the registration access token may be replaced, and what changed in between is overwritten.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::dynamic_client_registration_update;
/// use authlete::models::operations::ClientRegistrationUpdateApiRequest;
/// use authlete::models::{
///     ClientRegistrationRequest, ClientRegistrationResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = ClientRegistrationRequest::new()
///     .client_id("26478243745571")
///     .token("reg-23410913-abewfq.123483")
///     .json(r#"{"client_id": "26478243745571", "client_name": "Photo printer"}"#);
/// let request = ClientRegistrationUpdateApiRequest::new(body);
/// let answer = dynamic_client_registration_update(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Updated) => 200,
///     Some(Action::BadRequest) => 400,
///     Some(Action::Unauthorized) => 401,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_registration_update_api")]
#[doc(alias = "dynamicClientRegistrationUpdate")]
#[doc(alias = "update")]
pub async fn dynamic_client_registration_update(
    core: &AuthleteCore,
    request: &ClientRegistrationUpdateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientRegistrationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.client_registration_request)
        .send()
        .await
        .json()
}
