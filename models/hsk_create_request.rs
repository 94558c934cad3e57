model! {
    /// A key to create in a hardware security module (HSM).
    pub struct HskCreateRequest {
        /// The key type (RFC 7517 section 4.1): `EC` or `RSA`.
        kty: String,
        /// `use`: what the key is for (RFC 7517 section 4.2). `sig` to sign, `enc` to decrypt.
        use_: String,
        /// The key ID (RFC 7517 section 4.5).
        kid: String,
        /// The name of the module behind Authlete, such as `google`.
        hsm_name: String,
        /// The algorithm (RFC 7517 section 4.4), such as `ES256` to sign or `RSA-OAEP-256` to decrypt. The call fails
        /// if the module does not support it.
        alg: String,
    }
}
