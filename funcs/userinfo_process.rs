use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::UserinfoResponse;
use crate::models::operations::AuthUserinfoApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "auth_userinfo_api",
    method: Method::POST,
    template: "/api/{serviceId}/auth/userinfo",
    replay: Replay::Safe,
};

/// Processes a UserInfo request (OpenID Connect Core 1.0 section 5.3.1).
///
/// Call it from the UserInfo endpoint, with the access token. The response names the claims to gather; then call
/// [`userinfo_issue`](crate::funcs::userinfo_issue). If it has a `dpop_nonce`, send it in a `DPoP-Nonce` header,
/// whatever the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Gather the `claims` of the user `subject`. Then call [`userinfo_issue`](crate::funcs::userinfo_issue). |
/// | `BAD_REQUEST` | Answer 400 with `response_content` in `WWW-Authenticate`. There was no token: a bare challenge with 401 is better (RFC 6750 section 3.1). |
/// | `UNAUTHORIZED` | Answer 401 with `response_content` in `WWW-Authenticate`. |
/// | `FORBIDDEN` | Answer 403 with `response_content` in `WWW-Authenticate`. The token lacks the scope `openid`. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` in `WWW-Authenticate`. |
///
/// [`endpoint::userinfo::respond`](crate::endpoint::userinfo::respond()) does so.
///
/// # Replay
/// Safe: it reads. At worst a DPoP proof that is seen twice is refused.
///
/// ```no_run
/// use authlete::funcs::userinfo_process;
/// use authlete::models::{UserinfoRequest, UserinfoResponseAction};
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = UserinfoRequest::new("2YotnFZFEjr1zCsicMWpAA").into();
/// let answer = userinfo_process(&core, &request, None).await?.value;
/// match answer.action {
///     Some(UserinfoResponseAction::Ok) => println!("gather {:?}", answer.claims),
///     Some(UserinfoResponseAction::Unauthorized) => println!("answer 401 with the challenge"),
///     Some(UserinfoResponseAction::Forbidden) => println!("answer 403 with the challenge"),
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "auth_userinfo_api")]
#[doc(alias = "userinfoProcess")]
#[doc(alias = "userinfo")]
pub async fn userinfo_process(
    core: &AuthleteCore,
    request: &AuthUserinfoApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<UserinfoResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.userinfo_request)
        .send()
        .await
        .json()
}
