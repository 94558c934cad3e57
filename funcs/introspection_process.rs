use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::IntrospectionResponse;
use crate::models::operations::AuthIntrospectionApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_introspection_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/introspection",
    replay: Replay::Safe,
};

/// Checks an access token that a client presented to a protected resource.
///
/// Call it from your own resource server, with the token and what the resource demands of it. For introspection
/// requests of other resource servers (RFC 7662) there is
/// [`introspection_standard_process`](crate::funcs::introspection_standard_process). A token that is bound to a
/// certificate (RFC 8705) or a key (RFC 9449) is refused without the client's proof. The first introspection of
/// an expired token reports the expiry and deletes the token. If the response has a `dpop_nonce`, send it in a `DPoP-Nonce` header, whatever
/// the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Serve the request. |
/// | `BAD_REQUEST` | Answer 400 with `response_content` in `WWW-Authenticate`. There was no token: a bare challenge with 401 is better (RFC 6750 section 3.1). |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` in `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` in `WWW-Authenticate`. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` in `WWW-Authenticate`. |
///
/// [`endpoint::resource::respond`](crate::endpoint::resource::respond()) does so.
///
/// # Replay
/// Safe: it reads. At worst a DPoP proof that is seen twice is refused.
///
/// ```no_run
/// use authlete::funcs::introspection_process;
/// use authlete::models::{IntrospectionRequest, IntrospectionResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request =
///     IntrospectionRequest::new("2YotnFZFEjr1zCsicMWpAA").scopes(["timeline.read"]).into();
/// let answer = introspection_process(&core, &request, None).await?.value;
/// match answer.action {
///     Some(IntrospectionResponseAction::Ok) => println!("serve {:?}", answer.subject),
///     Some(IntrospectionResponseAction::Unauthorized) => {
///         println!("answer 401 with the challenge")
///     }
///     Some(IntrospectionResponseAction::Forbidden) => {
///         println!("answer 403 with the challenge")
///     }
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_introspection_api")]
#[doc(alias = "introspectionProcess")]
#[doc(alias = "introspection")]
pub async fn introspection_process(
    core: &AuthleteCore,
    request: &AuthIntrospectionApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<IntrospectionResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.introspection_request)
        .send()
        .await
        .json()
}
