use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::NativeSsoResponse;
use crate::models::operations::NativeSsoApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "native_sso_api",
    method: Method::POST,
    template: "/api/{serviceId}/nativesso",
    replay: Replay::Unsafe,
};

/// Makes the token response of Native SSO, with an ID token and a device secret (OpenID Connect Native SSO 1.0).
///
/// Call it from the token endpoint when the action of [`token_process`](crate::funcs::token_process) is `NATIVE_SSO`,
/// with the tokens it returned. First check that the session it names is alive. If it returned a device secret, check
/// that the secret is one of the application's; otherwise make a new one and keep it.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON. |
/// | `INTERNAL_SERVER_ERROR` | Authlete has a problem. Answer 500 with `response_content` as JSON. |
/// | `CALLER_ERROR` | The call was wrong. Log `result_code` and answer 500 with `response_content` as JSON. |
///
/// [`endpoint::native_sso::respond`](crate::endpoint::native_sso::respond()) does so.
///
/// # Replay
/// Unsafe: a second request makes a second ID token.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::native_sso_process;
/// use authlete::models::operations::NativeSsoApiRequest;
/// use authlete::models::{NativeSsoRequest, NativeSsoResponseAction as Action};
///
/// # async fn example(
/// #     core: authlete::AuthleteCore,
/// #     access_token: authlete::Secret,
/// #     device_secret: authlete::Secret,
/// # ) -> Result<(), authlete::AuthleteError> {
/// let body = NativeSsoRequest::new(access_token, device_secret);
/// let request = NativeSsoApiRequest::new(body);
/// let answer = native_sso_process(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::Ok) => println!("200"),
///     _ => println!("500, because of {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "native_sso_api")]
#[doc(alias = "nativeSsoProcess")]
#[doc(alias = "nativesso")]
pub async fn native_sso_process(
    core: &AuthleteCore,
    request: &NativeSsoApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<NativeSsoResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.native_sso_request)
        .send()
        .await
        .json()
}
