use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientRegistrationResponse;
use crate::models::operations::ClientRegistrationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_registration_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/registration",
    replay: Replay::Unsafe,
};

/// Registers a client at its own request (RFC 7591 section 3).
///
/// Give the body of the client's request as `json`, unchanged. Whether the client may register, by an initial access
/// token or a software statement, is for the application to decide first.
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
/// | `CREATED` | Answer 201 with `response_content` (RFC 7591 section 3.2.1). |
/// | `BAD_REQUEST` | Answer 400 with `response_content`. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content`. |
///
/// [`endpoint::client_registration::respond`](crate::endpoint::client_registration::respond()) does so.
///
/// # Replay
/// Unsafe: every request registers a client.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::dynamic_client_registration_register;
/// use authlete::models::operations::ClientRegistrationApiRequest;
/// use authlete::models::{
///     ClientRegistrationRequest, ClientRegistrationResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = ClientRegistrationRequest::new()
///     .json(r#"{"redirect_uris": ["https://client.example.com/callback"]}"#);
/// let request = ClientRegistrationApiRequest::new(body);
/// let answer =
///     dynamic_client_registration_register(&core, &request, None).await?.into_value();
/// let status = match answer.action {
///     Some(Action::Created) => 201,
///     Some(Action::BadRequest) => 400,
///     _ => 500,
/// };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_registration_api")]
#[doc(alias = "dynamicClientRegistrationRegister")]
#[doc(alias = "registration")]
pub async fn dynamic_client_registration_register(
    core: &AuthleteCore,
    request: &ClientRegistrationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientRegistrationResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.client_registration_request)
        .send()
        .await
        .json()
}
