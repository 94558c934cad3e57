use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::Client;
use crate::models::operations::ClientGetApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_get_api",
    method: Method::GET,
    template: "/api/{serviceId}/client/get/{clientId}",
    replay: Replay::Safe,
};

/// Reads a client.
///
/// The path takes the numeric ID only; an alias is not found here.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::client_get;
/// use authlete::models::operations::ClientGetApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientGetApiRequest::new("26478243745571");
/// let client = client_get(&core, &request, None).await?.into_value();
/// println!("{:?}: {:?}", client.client_name, client.redirect_uris);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_get_api")]
#[doc(alias = "clientGet")]
#[doc(alias = "get")]
pub async fn client_get(
    core: &AuthleteCore,
    request: &ClientGetApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<Client> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .segment("clientId", &request.client_id)
        .send()
        .await
        .json()
}
