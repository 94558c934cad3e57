use crate::models::AttestationChallengeRequest;

request! {
    /// What [`attestation_challenge`](crate::funcs::attestation_challenge) sends.
    pub struct AttestationChallengeApiRequest(
        /// Whether to indent the answer.
        attestation_challenge_request: AttestationChallengeRequest,
    ) {}
}
