use super::{JweAlg, JweEnc, JweZip};

model! {
    /// The metadata of a credential issuer (OpenID for Verifiable Credential Issuance, OID4VCI).
    pub struct CredentialIssuerMetadata {
        /// The identifiers of the authorization servers: `authorization_servers`. Absent, the issuer is its own.
        authorization_servers: [String],
        /// The identifier of the credential issuer: `credential_issuer`.
        credential_issuer: String,
        /// The URL of the credential endpoint.
        credential_endpoint: String,
        /// The batch credential endpoint's URL. Only older drafts have one.
        batch_credential_endpoint: String,
        /// The URL of the deferred credential endpoint.
        deferred_credential_endpoint: String,
        /// The credential configurations as the text of a JSON object, keyed by their IDs:
        /// `credential_configurations_supported`. An array, as in older drafts, is refused.
        credentials_supported: String,
        /// How the keys of credential responses may be encrypted: `alg_values_supported` in
        /// `credential_response_encryption`.
        credential_response_encryption_alg_values_supported: [JweAlg],
        /// How the content of credential responses may be encrypted: `enc_values_supported` in
        /// `credential_response_encryption`.
        credential_response_encryption_enc_values_supported: [JweEnc],
        /// Whether credential responses must be encrypted: `encryption_required` in `credential_response_encryption`.
        require_credential_response_encryption: bool,
        /// How many credentials a batch may have: `batch_size` in `batch_credential_issuance`. Newer servers only.
        batch_size: i64,
        /// How the content of credential requests may be encrypted: `enc_values_supported` in
        /// `credential_request_encryption`. Newer servers only.
        credential_request_encryption_enc_values_supported: [JweEnc],
        /// The public keys for credential requests, a JWK Set as JSON text: `jwks` in `credential_request_encryption`.
        /// Newer servers only.
        credential_request_encryption_jwks: (hidden String),
        /// How credential requests may be compressed: `zip_values_supported` in `credential_request_encryption`. Newer
        /// servers only.
        credential_request_encryption_zip_values_supported: [JweZip],
        /// How credential responses may be compressed: `zip_values_supported` in `credential_response_encryption`.
        /// Newer servers only.
        credential_response_encryption_zip_values_supported: [JweZip],
        /// How the issuer presents itself, as the text of a JSON array: `display`. Newer servers only.
        display: String,
        /// The URL of the nonce endpoint. Newer servers only.
        nonce_endpoint: String,
        /// The URL of the notification endpoint. Newer servers only.
        notification_endpoint: String,
        /// Whether credential requests must be encrypted: `encryption_required` in `credential_request_encryption`.
        /// Newer servers only.
        require_credential_request_encryption: bool,
    } keeps unknown
}
