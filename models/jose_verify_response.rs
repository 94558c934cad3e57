use super::ServerText;

model! {
    /// What the verification of a JOSE object found.
    pub struct JoseVerifyResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// Whether the object passed every check. Anything but `Some(true)` means: do not trust it.
        valid: bool,
        /// Whether the signature is valid.
        signature_valid: bool,
        /// The mandatory claims that are absent.
        missing_claims: [String],
        /// The claims whose values are wrong, such as an `exp` in the past.
        invalid_claims: [String],
        /// What is wrong, in words for developers.
        error_descriptions: [ServerText],
    }
}
