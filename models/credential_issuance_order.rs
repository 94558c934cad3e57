use super::Secret;

model! {
    /// A credential to issue.
    pub struct CredentialIssuanceOrder {
        /// The [`identifier`](super::CredentialRequestInfo::identifier) of the parsed request.
        request_identifier: Secret,
        /// The content of the credential, as the text of a JSON object.
        credential_payload: (hidden String),
        /// Whether the wallet gets a transaction ID now and the credential later.
        issuance_deferred: bool,
        /// The credential's lifetime in seconds. Absent or 0: the setting of the service.
        credential_duration: i64,
        /// The ID of the key that signs the credential, in the credential keys of the service. Absent: Authlete chooses
        /// one.
        signing_key_id: String,
    }
}
