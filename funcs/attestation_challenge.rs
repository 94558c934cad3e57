use http::Method;

use crate::call::Call;
use crate::exchange::{Operation, Replay};
use crate::models::AttestationChallengeResponse;
use crate::models::operations::AttestationChallengeApiRequest;
use crate::{ApiResult, AuthleteCore, RequestOptions};

const OPERATION: Operation = Operation {
    id: "attestation_challenge_api",
    method: Method::POST,
    template: "/api/{serviceId}/attestation/challenge",
    replay: Replay::Safe,
};

/// Makes a challenge for the challenge endpoint (OAuth 2.0 Attestation-Based Client Authentication), which clients put
/// into the proof of possession of their attestation.
///
/// Not in the API description; taken from Authlete's Java library and unverified.
///
/// | `action` | what to do |
/// |---|---|
/// | `OK` | Answer 200 with `response_content` as JSON, and `Cache-Control: no-store`. |
/// | `INTERNAL_SERVER_ERROR` | Answer 500 with `response_content` as JSON. |
///
/// [`endpoint::attestation_challenge::respond`](crate::endpoint::attestation_challenge::respond()) does so.
///
/// # Replay
/// Safe: a challenge that nobody uses expires.
///
/// ```no_run
/// use authlete::funcs::attestation_challenge;
/// use authlete::models::operations::AttestationChallengeApiRequest;
/// use authlete::models::{
///     AttestationChallengeRequest, AttestationChallengeResponseAction as Action,
/// };
///
/// # async fn example(core: authlete::AuthleteCore) -> Result<(), authlete::AuthleteError> {
/// let request = AttestationChallengeApiRequest::new(AttestationChallengeRequest::new());
/// let answer = attestation_challenge(&core, &request, None).await?.into_value();
/// let status = if answer.action == Some(Action::Ok) { 200 } else { 500 };
/// println!("{status}");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "attestation_challenge_api")]
#[doc(alias = "attestationChallenge")]
#[doc(alias = "challenge")]
pub async fn attestation_challenge(
    core: &AuthleteCore,
    request: &AttestationChallengeApiRequest,
    options: Option<&RequestOptions>,
) -> ApiResult<AttestationChallengeResponse> {
    Call::new(core, &OPERATION, options)
        .service(request.service_id.as_deref())
        .json_object(&request.attestation_challenge_request)
        .send()
        .await
        .json()
}
