use super::ServerText;

model! {
    /// What to answer at the challenge endpoint (OAuth 2.0 Attestation-Based Client Authentication). Not in the API
    /// description.
    pub struct AttestationChallengeResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`attestation_challenge`](crate::funcs::attestation_challenge).
        action: AttestationChallengeResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
        /// The challenge: `attestation_challenge`.
        attestation_challenge: String,
    }
}

open_enum! {
    /// What to answer at the challenge endpoint.
    AttestationChallengeResponseAction {
        /// Answer 200 with `response_content` and `Cache-Control: no-store`.
        Ok = "OK",
        /// Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}
