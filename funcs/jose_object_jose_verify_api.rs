use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::JoseVerifyResponse;
use crate::models::operations::JoseVerifyApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "jose_verify_api",
    method: Method::POST,
    template: "/api/{serviceId}/jose/verify",
    replay: Replay::Safe,
};

/// Verifies a JOSE object: its signature (RFC 7515) and its claims (RFC 7519 section 4.1).
///
/// Use it for an ID token that comes back as a hint, or for a JWT a client signed. `Ok` does not mean that the object
/// is good: check that [`valid`](crate::models::JoseVerifyResponse::valid) is `Some(true)`.
///
/// # Replay
/// Safe: it only reads.
///
/// ```no_run
/// use authlete::funcs::jose_object_jose_verify_api;
/// use authlete::models::JoseVerifyRequest;
/// use authlete::models::operations::JoseVerifyApiRequest;
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     id_token: authlete::Secret,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let body = JoseVerifyRequest::new(id_token).mandatory_claims(["sub", "exp"]).clock_skew(10);
/// let request = JoseVerifyApiRequest::new(body);
/// let answer = jose_object_jose_verify_api(&core, &request, None).await?.into_value();
/// if answer.valid == Some(true) {
///     println!("genuine");
/// } else {
///     println!("missing: {:?}, invalid: {:?}", answer.missing_claims, answer.invalid_claims);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "jose_verify_api")]
#[doc(alias = "joseObjectJoseVerifyApi")]
#[doc(alias = "verify")]
#[doc(alias = "jose_verify")]
pub async fn jose_object_jose_verify_api(
    core: &AuthleteCore,
    request: &JoseVerifyApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<JoseVerifyResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.jose_verify_request)
        .send()
        .await
        .json()
}
