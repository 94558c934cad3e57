use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::HskCreateResponse;
use crate::models::operations::HskCreateApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "hsk_create_api",
    method: Method::POST,
    template: "/api/{serviceId}/hsk/create",
    replay: Replay::Unsafe,
};

/// Creates a key in a hardware security module.
///
/// The service then signs or decrypts with a key that nobody can read. Keep the handle in the answer:
/// [`hardware_security_keys_get`](crate::funcs::hardware_security_keys_get) and
/// [`hardware_security_keys_delete`](crate::funcs::hardware_security_keys_delete) take it.
///
/// | `action` | what to do |
/// |---|---|
/// | `SUCCESS` | The key is in `hsk`. |
/// | `INVALID_REQUEST` | The call was wrong, or the module refuses the key. Log `result_code`. |
/// | `NOT_FOUND` | There is no such module. |
/// | `SERVER_ERROR` | Authlete or the module has a problem. |
///
/// # Replay
/// Unsafe: a second request creates a second key.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::hardware_security_keys_create;
/// use authlete::models::operations::HskCreateApiRequest;
/// use authlete::models::{HskCreateRequest, HskCreateResponseAction as Action};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = HskCreateRequest::new()
///     .kty("EC")
///     .use_("sig")
///     .alg("ES256")
///     .kid("2026")
///     .hsm_name("google");
/// let request = HskCreateApiRequest::new(body);
/// let created = hardware_security_keys_create(&core, &request, None).await?.into_value();
/// match created.action {
///     Some(Action::Success) => println!("{:?}", created.hsk.and_then(|key| key.handle)),
///     _ => println!("failed with {:?}", created.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "hsk_create_api")]
#[doc(alias = "hardwareSecurityKeysCreate")]
#[doc(alias = "create")]
pub async fn hardware_security_keys_create(
    core: &AuthleteCore,
    request: &HskCreateApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<HskCreateResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.hsk_create_request)
        .send()
        .await
        .json()
}
