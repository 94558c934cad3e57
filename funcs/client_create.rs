use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::Client;
use crate::models::operations::ClientCreateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_create_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/create",
    replay: Replay::Unsafe,
};

/// Creates a client.
///
/// Authlete assigns the client's ID and secret, which stand in the answer; read-only members of the request have no
/// effect. The status is 200 or 201, without a difference in meaning. For clients that register themselves (RFC 7591),
/// use [`dynamic_client_registration_register`](crate::funcs::dynamic_client_registration_register).
///
/// # Replay
/// Unsafe: every request creates a client. If an error leaves open whether this one did, look for it with
/// [`client_list`](crate::funcs::client_list).
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::client_create;
/// use authlete::models::operations::ClientCreateApiRequest;
/// use authlete::models::{Client, ClientType, GrantType, ResponseType};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let client = Client::new()
///     .client_name("Photo printer")
///     .client_type(ClientType::Confidential)
///     .grant_types([GrantType::AuthorizationCode, GrantType::RefreshToken])
///     .response_types([ResponseType::Code])
///     .redirect_uris(["https://client.example.com/callback"]);
/// let created =
///     client_create(&core, &ClientCreateApiRequest::new(client), None).await?.into_value();
/// println!("client {:?}", created.client_id);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_create_api")]
#[doc(alias = "clientCreate")]
#[doc(alias = "create")]
pub async fn client_create(
    core: &AuthleteCore,
    request: &ClientCreateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<Client> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.client)
        .send()
        .await
        .json()
}
