use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::TokenGetListResponse;
use crate::models::operations::AuthTokenGetListApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_token_get_list_api",
    method: Method::GET,
    template: "/api/{serviceId}/auth/token/get/list",
    replay: Replay::Safe,
};

/// Lists the access tokens of a service, or of one client or user, a range at a time.
///
/// Tokens are shown by their hash. Unlike introspection, the list asks for no proof of possession and deletes nothing
/// that has expired. The ranges are not a snapshot: tokens that come or go between two calls shift the rest.
/// [`Pages`](crate::Pages) walks the whole list.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::token_management_list;
/// use authlete::models::operations::AuthTokenGetListApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AuthTokenGetListApiRequest::new().subject("john").start(0).end(100);
/// let page = token_management_list(&core, &request, None).await?.into_value();
/// for token in page.access_tokens.unwrap_or_default() {
///     println!("{:?}", token.access_token_hash);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_token_get_list_api")]
#[doc(alias = "tokenManagementList")]
#[doc(alias = "list")]
pub async fn token_management_list(
    core: &AuthleteCore,
    request: &AuthTokenGetListApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenGetListResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .query("clientIdentifier", &request.client_identifier)
        .query("subject", &request.subject)
        .query("start", &request.start)
        .query("end", &request.end)
        .query("tokenStatus", &request.token_status)
        .query("cursor", &request.cursor)
        .send()
        .await
        .json()
}
