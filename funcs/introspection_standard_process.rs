use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::StandardIntrospectionResponse;
use crate::models::operations::AuthIntrospectionStandardApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_introspection_standard_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/introspection/standard",
    replay: Replay::Safe,
};

/// Processes an introspection request (RFC 7662 section 2.1).
///
/// Call it from the introspection endpoint, with the raw body in `parameters`, once you have authenticated the
/// resource server: Authlete does not, and RFC 7662 section 2.1 requires it. Your own resource server gets more
/// from [`introspection_process`](crate::funcs::introspection_process). A token that is unknown, revoked or expired
/// is a success: `{"active":false}`.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `JWT` | Answer 200 with `response_content` as `application/token-introspection+jwt` (RFC 9701). |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::introspection::respond`](crate::endpoint::introspection::respond()) does so.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::introspection_standard_process;
/// use authlete::models::{StandardIntrospectionRequest, StandardIntrospectionResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = StandardIntrospectionRequest::new("token=2YotnFZFEjr1zCsicMWpAA").into();
/// let answer = introspection_standard_process(&core, &request, None).await?.value;
/// match answer.action {
///     Some(StandardIntrospectionResponseAction::Ok) => {
///         println!("answer 200 with response_content")
///     }
///     Some(StandardIntrospectionResponseAction::Jwt) => println!("answer 200 with a JWT"),
///     Some(StandardIntrospectionResponseAction::BadRequest) => println!("answer 400"),
///     _ => println!("answer 500"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_introspection_standard_api")]
#[doc(alias = "introspectionStandardProcess")]
#[doc(alias = "standard")]
pub async fn introspection_standard_process(
    core: &AuthleteCore,
    request: &AuthIntrospectionStandardApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<StandardIntrospectionResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.standard_introspection_request)
        .send()
        .await
        .json()
}
