use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ClientGetListResponse;
use crate::models::operations::ClientGetListApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "client_get_list_api",
    method: Method::GET,
    template: "/api/{serviceId}/client/get/list",
    replay: Replay::Safe,
};

/// Lists the clients of a service, or those of one developer, a range at a time.
///
/// `start` is the index of the first client, 0 by default; `end` is the index after the last, 5 by default. The ranges
/// are not a snapshot: clients that come or go between two calls shift the rest. Only clients that the access token may
/// see are listed.
/// [`Pages`](crate::Pages) walks the whole list.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::client_list;
/// use authlete::models::operations::ClientGetListApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ClientGetListApiRequest::new().start(0).end(100);
/// let page = client_list(&core, &request, None).await?.into_value();
/// for client in page.clients.unwrap_or_default() {
///     println!("{:?}: {:?}", client.client_id, client.client_name);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "client_get_list_api")]
#[doc(alias = "clientList")]
#[doc(alias = "list")]
pub async fn client_list(
    core: &AuthleteCore,
    request: &ClientGetListApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ClientGetListResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .query("developer", &request.developer)
        .query("start", &request.start)
        .query("end", &request.end)
        .query("cursor", &request.cursor)
        .send()
        .await
        .json()
}
