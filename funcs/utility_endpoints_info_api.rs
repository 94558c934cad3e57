use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::InfoResponse;
use crate::models::operations::InfoApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation =
    Operation { id: "info_api", method: Method::GET, template: "/api/info", replay: Replay::Safe };

/// Asks an Authlete server for its version and features.
///
/// The call needs no service and sends no bearer, so a success says nothing about your credentials.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::utility_endpoints_info_api;
/// use authlete::models::operations::InfoApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let info =
///     utility_endpoints_info_api(&core, &InfoApiRequest::new(), None).await?.into_value();
/// println!("Authlete {:?}", info.version);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "info_api")]
#[doc(alias = "utilityEndpointsInfoApi")]
#[doc(alias = "info")]
pub async fn utility_endpoints_info_api(
    core: &AuthleteCore,
    _request: &InfoApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<InfoResponse> {
    Call::new(core, &OPERATION, options).anonymous().send().await.json()
}
