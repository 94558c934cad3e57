model! {
    /// A key in a hardware security module (HSM). The private key never leaves the module.
    pub struct Hsk {
        /// The key type (RFC 7517 section 4.1): `EC` or `RSA`.
        kty: String,
        /// `use`: what the key is for (RFC 7517 section 4.2). `sig` to sign, `enc` to decrypt.
        use_: String,
        /// The key ID (RFC 7517 section 4.5).
        kid: String,
        /// The name of the module behind Authlete, such as `google`.
        hsm_name: String,
        /// The name of the key for Authlete, given when it was created: 256 random bits in base64url, 43 characters.
        handle: String,
        /// The public part of the key.
        public_key: String,
        /// The algorithm (RFC 7517 section 4.4), such as `ES256` to sign or `RSA-OAEP-256` to decrypt.
        alg: String,
    } keeps unknown
}
