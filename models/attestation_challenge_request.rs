model! {
    /// What the answer of the challenge endpoint is to look like. Not in the API description.
    pub struct AttestationChallengeRequest {
        /// Whether `response_content` is indented. By default `false`.
        pretty: bool,
    }
}
