use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::Client;
use crate::models::operations::ClientUpdateApiFormRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/update/{clientId}",
    replay: Replay::Unsafe,
};

/// Replaces the metadata and settings of a client, sent as a form.
///
/// The same operation as [`client_update`](crate::funcs::client_update) with another encoding of the body: a list is its key, repeated
/// with each element. What a form cannot express is refused before anything is sent, so prefer
/// [`client_update`](crate::funcs::client_update), which takes every client. What it says of whole clients and of
/// concurrent writers holds here too. The path takes the numeric ID only.
///
/// # Replay
/// Unsafe: a repetition can undo what another writer changed in between. If an error leaves open whether the update
/// was carried out, read the client and compare.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// # Errors
/// - `SdkValidation`, with the member's name, for a member that a form cannot express: an object such as
///   [`extension`](crate::models::Client::extension), a list of objects such as
///   [`attributes`](crate::models::Client::attributes), and an empty list. Members that this version does not know are refused,
///   too, by their names.
/// - A client that does not exist is a 404, with or without a JSON object: `Result` or `Default`.
///
/// ```no_run
/// use authlete::funcs::client_update_form;
/// use authlete::models::Client;
/// use authlete::models::operations::ClientUpdateApiFormRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let client = Client::new().client_name("Photo printer").redirect_uris([
///     "https://client.example.com/callback",
///     "https://client.example.com/callback2",
/// ]);
/// let request = ClientUpdateApiFormRequest::new("26478243745571", client);
/// client_update_form(&core, &request, None).await?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_update_api")]
#[doc(alias = "clientUpdateForm")]
#[doc(alias = "update")]
pub async fn client_update_form(
    core: &AuthleteCore,
    request: &ClientUpdateApiFormRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<Client> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .form(&request.client)
        .send()
        .await
        .json()
}
