open_enum! {
    /// How a JWS is signed: `alg` (RFC 7518 section 3.1).
    JwsAlg {
        /// `NONE`: `none`, no signature (RFC 7518 section 3.6).
        None = "NONE",
        /// `HS256`: HMAC with SHA-256 (RFC 7518 section 3.2).
        Hs256 = "HS256",
        /// `HS384`: HMAC with SHA-384 (RFC 7518 section 3.2).
        Hs384 = "HS384",
        /// `HS512`: HMAC with SHA-512 (RFC 7518 section 3.2).
        Hs512 = "HS512",
        /// `RS256`: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3).
        Rs256 = "RS256",
        /// `RS384`: RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518 section 3.3).
        Rs384 = "RS384",
        /// `RS512`: RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518 section 3.3).
        Rs512 = "RS512",
        /// `ES256`: ECDSA with P-256 and SHA-256 (RFC 7518 section 3.4).
        Es256 = "ES256",
        /// `ES384`: ECDSA with P-384 and SHA-384 (RFC 7518 section 3.4).
        Es384 = "ES384",
        /// `ES512`: ECDSA with P-521 and SHA-512 (RFC 7518 section 3.4).
        Es512 = "ES512",
        /// `PS256`: RSASSA-PSS with SHA-256 (RFC 7518 section 3.5).
        Ps256 = "PS256",
        /// `PS384`: RSASSA-PSS with SHA-384 (RFC 7518 section 3.5).
        Ps384 = "PS384",
        /// `PS512`: RSASSA-PSS with SHA-512 (RFC 7518 section 3.5).
        Ps512 = "PS512",
        /// `ES256K`: ECDSA with secp256k1 and SHA-256 (RFC 8812 section 3.2).
        Es256k = "ES256K",
        /// `EdDSA`: Edwards curves (RFC 8037 section 3.1).
        EdDsa = "EdDSA",
    }
}
