use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientRegistrationResponse;
use crate::models::operations::ClientRegistrationGetApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_registration_get_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/registration/get",
    replay: Replay::Unsafe,
};

/// Reads a client's registration at its own request (RFC 7592 section 2.1).
///
/// Give the client ID from the URL as `client_id`, and the registration access token, which the client sends as its
/// bearer, as `token`.
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
/// | `OK` | Answer 200 with `response_content`. |
/// | `BAD_REQUEST` | Answer 400 with `response_content`. |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` and `WWW-Authenticate: Bearer error="invalid_token"`. Only if the service has [`unauthorized_on_client_config_supported`](crate::models::Service::unauthorized_on_client_config_supported), else `BAD_REQUEST`. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content`. |
///
/// [`endpoint::client_registration::respond`](crate::endpoint::client_registration::respond()) does so.
///
/// # Replay
/// Unsafe: RFC 7592 section 2.1 lets a read replace the secret and the registration access token.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::dynamic_client_registration_get;
/// use authlete::models::operations::ClientRegistrationGetApiRequest;
/// use authlete::models::{
///     ClientRegistrationRequest, ClientRegistrationResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = ClientRegistrationRequest::new()
///     .client_id("26478243745571")
///     .token("reg-23410913-abewfq.123483");
/// let request = ClientRegistrationGetApiRequest::new(body);
/// let answer = dynamic_client_registration_get(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Ok) => 200,
///     Some(Action::BadRequest) => 400,
///     Some(Action::Unauthorized) => 401,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_registration_get_api")]
#[doc(alias = "dynamicClientRegistrationGet")]
#[doc(alias = "get")]
pub async fn dynamic_client_registration_get(
    core: &AuthleteCore,
    request: &ClientRegistrationGetApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientRegistrationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.client_registration_request)
        .send()
        .await
        .json()
}
