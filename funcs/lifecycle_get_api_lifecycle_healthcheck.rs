use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::operations::GetApiLifecycleHealthcheckRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "get_/api/lifecycle/healthcheck",
    method: Method::GET,
    template: "/api/lifecycle/healthcheck",
    replay: Replay::Safe,
};

/// Asks whether the Authlete server is up.
///
/// The answer is plain text. With `extended` the server looks at what it depends on, such as its database. The call
/// needs no service and sends no bearer, so a success says nothing about your credentials.
///
/// # Replay
/// Safe: it only reads.
///
/// # Errors
/// An unhealthy server answers 500 with plain text: the error is `Default`.
///
/// ```no_run
/// use authlete::funcs::lifecycle_get_api_lifecycle_healthcheck;
/// use authlete::models::operations::GetApiLifecycleHealthcheckRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = GetApiLifecycleHealthcheckRequest::new().extended(true);
/// let health =
///     lifecycle_get_api_lifecycle_healthcheck(&core, &request, None).await?.into_value();
/// println!("{health}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "get_/api/lifecycle/healthcheck")]
#[doc(alias = "lifecycleGetApiLifecycleHealthcheck")]
#[doc(alias = "healthcheck")]
pub async fn lifecycle_get_api_lifecycle_healthcheck(
    core: &AuthleteCore,
    request: &GetApiLifecycleHealthcheckRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<String> {
    Call::new(core, &OPERATION, options)
        .anonymous()
        .accept_text()
        .query("extended", &request.extended)
        .send()
        .await
        .text()
}
