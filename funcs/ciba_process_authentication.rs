use http::Method;

use crate::call::{Call, may_name};
use crate::exchange::{Operation, Replay};
use crate::models::BackchannelAuthenticationResponse;
use crate::models::operations::BackchannelAuthenticationApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "backchannel_authentication_api",
    method: Method::POST,
    template: "/api/{serviceId}/backchannel/authentication",
    replay: Replay::Unsafe,
};

/// Processes a backchannel authentication request (OpenID Connect CIBA 1.0 section 7.1).
///
/// Call it from the backchannel authentication endpoint, with the raw body in `parameters` and the client's credentials
/// beside it. Authlete authenticates the client and checks the request. The application then finds the user by
/// `hint_type` and `hint`, checks the user code if there is one, and calls [`ciba_issue`](crate::funcs::ciba_issue),
/// which yields the answer to the client. Only then is the user asked, on the authentication device; the decision goes
/// to [`ciba_complete`](crate::funcs::ciba_complete). If the response has an `attestation_challenge`, send it in an
/// `OAuth-Client-Attestation-Challenge` header, whatever the action.
///
/// | `action` | what to do |
/// |---|---|
/// | `USER_IDENTIFICATION` | Identify the user, then call [`ciba_issue`](crate::funcs::ciba_issue), or [`ciba_fail`](crate::funcs::ciba_fail). |
/// | `BAD_REQUEST` | Answer 400 with `response_content` as JSON. |
/// | `UNAUTHORIZED` | The client is not authenticated. Answer 401 with `response_content` as JSON and a challenge in `WWW-Authenticate`. |
/// | `INTERNAL_SERVER_ERROR` | The call was wrong, or Authlete has a problem. Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::backchannel_authentication::respond`](crate::endpoint::backchannel_authentication::respond()) does so.
///
/// # Replay
/// Safe if `parameters` has neither `request` nor `client_assertion` and no client attestation is given: the ticket
/// of a lost answer expires unused. Otherwise unsafe: such a JWT may be accepted only once.
///
/// # Cancel safety
/// Not cancel safe: a dropped call may have been carried out.
/// [`ApiResult`](crate::ApiResult#cancel-safety) tells what to do.
///
/// ```no_run
/// use authlete::funcs::ciba_process_authentication;
/// use authlete::models::operations::BackchannelAuthenticationApiRequest;
/// use authlete::models::{
///     BackchannelAuthenticationRequest, BackchannelAuthenticationResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let body = BackchannelAuthenticationRequest::new("scope=openid&login_hint=john")
///     .client_id("26478243745571")
///     .client_secret("gX1fBat3bV");
/// let request = BackchannelAuthenticationApiRequest::new(body);
/// let answer = ciba_process_authentication(&core, &request, None).await?.into_value();
/// match answer.action {
///     Some(Action::UserIdentification) => {
///         println!("find the user by {:?}, then issue or fail", answer.hint_type);
///     }
///     Some(Action::BadRequest) => println!("400"),
///     Some(Action::Unauthorized) => println!("401"),
///     _ => println!("500, because of {:?}", answer.result_code),
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias = "backchannel_authentication_api")]
#[doc(alias = "cibaProcessAuthentication")]
#[doc(alias = "authentication")]
pub async fn ciba_process_authentication(
    core: &AuthleteCore,
    request: &BackchannelAuthenticationApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<BackchannelAuthenticationResponse> {
    let body = &request.backchannel_authentication_request;
    let once = body.oauth_client_attestation.is_some()
        || body.oauth_client_attestation_pop.is_some()
        || may_name(&body.parameters, &["request", "client_assertion"]);
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .replayable_if(!once)
        .json_object(body)
        .send()
        .await
        .json()
}
