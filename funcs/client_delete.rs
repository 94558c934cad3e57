use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::operations::ClientDeleteApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_delete_api",
    method: Method::DELETE,
    template: "/api/{serviceId}/client/delete/{clientId}",
    replay: Replay::Safe,
};

/// Deletes a client.
///
/// The path takes the numeric ID only; an alias is not found here.
///
/// # Replay
/// Safe: the server makes every ID anew, so a repetition deletes nothing else.
///
/// # Errors
/// A client that does not exist is a 404, with or without a JSON object: `Result` or `Default`. After more than one
/// attempt ([`attempts`](crate::AuthleteError::attempts)), it may mean that an earlier attempt has deleted it.
///
/// ```no_run
/// use authlete::funcs::client_delete;
/// use authlete::models::operations::ClientDeleteApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientDeleteApiRequest::new("26478243745571");
/// client_delete(&core, &request, None).await?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_delete_api")]
#[doc(alias = "clientDelete")]
#[doc(alias = "delete")]
pub async fn client_delete(
    core: &AuthleteCore,
    request: &ClientDeleteApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<()> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .send()
        .await
        .no_content()
}
