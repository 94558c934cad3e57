use super::{Property, Secret};

model! {
    /// A credential offer to create (OpenID for Verifiable Credential Issuance 1.0 section 4.1.1).
    pub struct VciOfferCreateRequest {
        /// Whether the offer has the grant `authorization_code`.
        authorization_code_grant_included: bool,
        /// Whether that grant has an `issuer_state`, which ties the authorization request to the offer.
        issuer_state_included: bool,
        /// Whether the offer has the grant `urn:ietf:params:oauth:grant-type:pre-authorized_code`.
        pre_authorized_code_grant_included: bool,
        /// The user's unique ID at the service.
        subject: String,
        /// The offer's lifetime in seconds. Absent or 0: the setting of the service.
        duration: i64,
        /// Any text to keep with the offer. Authlete does not read it.
        context: (hidden String),
        /// Extra properties to attach to the tokens.
        properties: [Property],
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. They have no
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// When the user authenticated, in seconds since the Unix epoch.
        auth_time: i64,
        /// The authentication context that the user's login met (OpenID Connect Core 1.0 section 2, `acr`).
        acr: String,
        /// The credentials on offer: keys of `credential_configurations_supported` in the issuer's metadata. Required.
        credential_configuration_ids: [String],
        /// The transaction code, which the user gets by another way than the offer. It has an effect only with a
        /// pre-authorized code.
        tx_code: Secret,
        /// `input_mode` of the transaction code: `numeric` or `text`.
        tx_code_input_mode: String,
        /// `description` of the transaction code, which tells the user where to find it: at most 300 characters.
        tx_code_description: String,
    }
}
