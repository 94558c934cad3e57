use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::ServiceJwksGetResponse;
use crate::models::operations::ServiceJwksGetApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "service_jwks_get_api",
    method: Method::GET,
    template: "/api/{serviceId}/service/jwks/get",
    replay: Replay::Safe,
};

/// Gets the service's JWK Set (RFC 7517 section 5), the document behind `jwks_uri`.
///
/// Clients verify signatures and encrypt request objects with these keys (OpenID Connect Core 1.0 section 10). They
/// change rarely: cache them, as the API limits the rate of calls. A service without keys answers 204, which is the
/// default value: no `keys` at all. **With `include_private_keys` the answer must not leave your server.**
///
/// # Replay
/// Safe: it only reads.
///
/// # Errors
/// If the service's keys are elsewhere, at [`jwks_uri`](crate::models::Service::jwks_uri), Authlete redirects there.
/// Redirects are not followed: the error is `Default` with the status 302, and [`http`](crate::AuthleteError::http) has
/// the `Location`.
///
/// ```no_run
/// use authlete::funcs::jwk_set_endpoint_service_jwks_get_api;
/// use authlete::models::operations::ServiceJwksGetApiRequest;
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = ServiceJwksGetApiRequest::new();
/// let set = jwk_set_endpoint_service_jwks_get_api(&core, &request, None).await?.into_value();
/// println!("{} keys", set.keys.unwrap_or_default().len());
/// # Ok(())
/// # }
/// ```
#[doc(alias = "service_jwks_get_api")]
#[doc(alias = "jwkSetEndpointServiceJwksGetApi")]
#[doc(alias = "get")]
#[doc(alias = "service_jwks_get")]
pub async fn jwk_set_endpoint_service_jwks_get_api(
    core: &AuthleteCore,
    request: &ServiceJwksGetApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<ServiceJwksGetResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .query("includePrivateKeys", &request.include_private_keys)
        .query("pretty", &request.pretty)
        .send()
        .await
        .json_or_default()
}
