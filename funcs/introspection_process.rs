use http::Method;

use crate::call::Call;
use crate::models::IntrospectionResponse;
use crate::models::operations::AuthIntrospectionApiRequest;
use crate::operation::{Operation, Replay};
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_introspection_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/introspection",
    // A POST that reads. A DPoP proof that is seen twice is refused, which is the safe way to fail.
    replay: Replay::Safe,
};

/// Judges an access token that a client presented to a protected resource.
///
/// A token that is unknown, expired or insufficient is `Ok`, with an
/// [`action`](crate::models::IntrospectionResponse::action) that tells what to answer to the client.
///
/// **Not quite without effect.** An expired token is reported as such once, and is deleted by that. And a token that is
/// bound to a certificate (RFC 8705) or a key (RFC 9449) is refused unless the request carries the client's proof,
/// although the token exists.
///
/// ```no_run
/// use authlete::funcs::introspection_process;
/// use authlete::models::operations::AuthIntrospectionApiRequest;
/// use authlete::models::{IntrospectionRequest, IntrospectionResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let token = IntrospectionRequest::new("2YotnFZFEjr1zCsicMWpAA").scopes(["timeline.read"]);
/// let answer = introspection_process(&core, &AuthIntrospectionApiRequest::new(token), None).await?;
/// if answer.value.action == Some(IntrospectionResponseAction::Ok) {
///     println!("{:?}", answer.value.subject);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn introspection_process(
    core: &AuthleteCore,
    request: &AuthIntrospectionApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<IntrospectionResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.introspection_request)
        .send()
        .await?
        .json()
}
