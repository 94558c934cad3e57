model! {
    /// A credential request that was parsed.
    pub struct CredentialRequestInfo {
        /// The identifier of the request, for
        /// [`CredentialIssuanceOrder::request_identifier`](super::CredentialIssuanceOrder).
        identifier: (hidden String),
        /// The format of the credential, such as `dc+sd-jwt`.
        format: String,
        /// The public key to bind the credential to, as the text of a JWK.
        binding_key: String,
        /// The public keys to bind credentials to, one credential each, as the texts of JWKs.
        binding_keys: [String],
        /// The details of the request, as the text of a JSON object.
        details: String,
        /// The `credential_configuration_id` of the request. Not in the API description; newer servers send it.
        credential_configuration_id: String,
        /// The `credential_identifier` of the request. Not in the API description; newer servers send it.
        credential_identifier: String,
    }
}
