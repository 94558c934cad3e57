use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::Client;
use crate::models::operations::ClientUpdateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_update_api",
    method: Method::POST,
    template: "/api/{serviceId}/client/update/{clientId}",
    replay: Replay::Unsafe,
};

/// Replaces the metadata and settings of a client.
///
/// The path takes the numeric ID only; an alias is not found here.
///
/// **Send the whole client.** Read it with [`client_get`](crate::funcs::client_get), change that value and send it
/// back. Whether a member that the request lacks keeps its value or is reset is not documented, so a client with
/// nothing but the change may clear the rest. Members that this version does not know are kept and sent again: the
/// round trip loses nothing.
///
/// There is no version to check against either: what another writer changes between your read and your write is
/// overwritten. And the server ignores members that it does not know, with a success. Compare the client it returns
/// with the one you sent.
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
/// A client that does not exist is a 404, with or without a JSON object: `Result` or `Default`.
///
/// ```no_run
/// use authlete::funcs::{client_get, client_update};
/// use authlete::models::operations::{ClientGetApiRequest, ClientUpdateApiRequest};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let id = "26478243745571";
/// let client = client_get(&core, &ClientGetApiRequest::new(id), None).await?.into_value();
/// let request = ClientUpdateApiRequest::new(id, client.par_required(true));
/// let updated = client_update(&core, &request, None).await?.into_value();
/// assert_eq!(updated.par_required, Some(true));
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_update_api")]
#[doc(alias = "clientUpdate")]
#[doc(alias = "update")]
pub async fn client_update(
    core: &AuthleteCore,
    request: &ClientUpdateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<Client> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .json_object(&request.client)
        .send()
        .await
        .json()
}
