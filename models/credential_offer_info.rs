use super::{Property, Secret};

model! {
    /// A credential offer (OpenID for Verifiable Credential Issuance 1.0 section 4.1).
    pub struct CredentialOfferInfo {
        /// The identifier of the offer, for a `credential_offer_uri` (OpenID for Verifiable Credential Issuance 1.0
        /// section 4.1.3).
        identifier: Secret,
        /// The offer itself, as the text of a JSON object. It holds the pre-authorized code.
        credential_offer: Secret,
        /// The identifier of the credential issuer: its URL.
        credential_issuer: String,
        /// Whether the offer has the grant `authorization_code`.
        authorization_code_grant_included: bool,
        /// Whether that grant has an `issuer_state`.
        issuer_state_included: bool,
        /// The `issuer_state`, which ties the authorization request to the offer.
        issuer_state: Secret,
        /// Whether the offer has the grant `urn:ietf:params:oauth:grant-type:pre-authorized_code`.
        pre_authorized_code_grant_included: bool,
        /// The pre-authorized code (OpenID for Verifiable Credential Issuance 1.0 section 3.5).
        pre_authorized_code: Secret,
        /// The user's unique ID at the service.
        subject: String,
        /// When the offer expires, in milliseconds since the Unix epoch.
        expires_at: i64,
        /// Any text that was kept with the offer.
        context: (hidden String),
        /// Extra properties for the access token.
        properties: [Property],
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. They have no
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// When the user authenticated, in seconds since the Unix epoch.
        auth_time: i64,
        /// The authentication context that the user's login met (OpenID Connect Core 1.0 section 2, `acr`).
        acr: String,
        /// The credentials on offer: keys of `credential_configurations_supported` in the issuer's metadata.
        credential_configuration_ids: [String],
        /// The transaction code that the wallet asks the user for (section 3.5).
        tx_code: Secret,
        /// `input_mode` of the transaction code: `numeric` or `text`.
        tx_code_input_mode: String,
        /// `description` of the transaction code.
        tx_code_description: String,
    }
}
