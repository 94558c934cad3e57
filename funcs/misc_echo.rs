use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::StringMap;
use crate::models::operations::MiscEchoApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation =
    Operation { id: "misc_echo_api", method: Method::GET, template: "/api/misc/echo", replay: Replay::Safe };

/// Sends parameters to the Authlete server, which sends them back: a check of the connection.
///
/// Not in the API description; taken from Authlete's Java library and unverified. The call needs no service and sends
/// no bearer, so a success says nothing about your credentials.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::misc_echo;
/// use authlete::models::StringMap;
/// use authlete::models::operations::MiscEchoApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = MiscEchoApiRequest::new()
///     .parameters([("ping", "1")].into_iter().collect::<StringMap>());
/// let echoed = misc_echo(&core, &request, None).await?.into_value();
/// assert_eq!(echoed.get("ping").map(String::as_str), Some("1"));
/// # Ok(())
/// # }
/// ```
#[doc(alias = "misc_echo_api")]
#[doc(alias = "echo")]
pub async fn misc_echo(
    core: &AuthleteCore,
    request: &MiscEchoApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<StringMap> {
    Call::new(core, &OPERATION, options)
        .anonymous()
        .queries(request.parameters.as_ref())
        .send()
        .await
        .any_json()
}
