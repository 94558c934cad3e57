open_enum! {
    /// How the key of a JWE is encrypted: `alg` (RFC 7518 section 4.1).
    JweAlg {
        /// `RSA1_5`: `RSA1_5`, RSAES-PKCS1-v1_5 (RFC 7518 section 4.2).
        Rsa15 = "RSA1_5",
        /// `RSA_OAEP`: `RSA-OAEP` with SHA-1 (RFC 7518 section 4.3).
        RsaOaep = "RSA_OAEP",
        /// `RSA_OAEP_256`: `RSA-OAEP-256`, with SHA-256 (RFC 7518 section 4.3).
        RsaOaep256 = "RSA_OAEP_256",
        /// `A128KW`: AES key wrap with 128 bits (RFC 7518 section 4.4).
        A128kw = "A128KW",
        /// `A192KW`: AES key wrap with 192 bits (RFC 7518 section 4.4).
        A192kw = "A192KW",
        /// `A256KW`: AES key wrap with 256 bits (RFC 7518 section 4.4).
        A256kw = "A256KW",
        /// `DIR`: `dir`, the shared key itself (RFC 7518 section 4.5).
        Dir = "DIR",
        /// `ECDH_ES`: `ECDH-ES`, the agreed key itself (RFC 7518 section 4.6).
        EcdhEs = "ECDH_ES",
        /// `ECDH_ES_A128KW`: `ECDH-ES+A128KW` (RFC 7518 section 4.6).
        EcdhEsA128kw = "ECDH_ES_A128KW",
        /// `ECDH_ES_A192KW`: `ECDH-ES+A192KW` (RFC 7518 section 4.6).
        EcdhEsA192kw = "ECDH_ES_A192KW",
        /// `ECDH_ES_A256KW`: `ECDH-ES+A256KW` (RFC 7518 section 4.6).
        EcdhEsA256kw = "ECDH_ES_A256KW",
        /// `A128GCMKW`: AES-GCM key encryption with 128 bits (RFC 7518 section 4.7).
        A128gcmkw = "A128GCMKW",
        /// `A192GCMKW`: AES-GCM key encryption with 192 bits (RFC 7518 section 4.7).
        A192gcmkw = "A192GCMKW",
        /// `A256GCMKW`: AES-GCM key encryption with 256 bits (RFC 7518 section 4.7).
        A256gcmkw = "A256GCMKW",
        /// `PBES2_HS256_A128KW`: `PBES2-HS256+A128KW` (RFC 7518 section 4.8).
        Pbes2Hs256A128kw = "PBES2_HS256_A128KW",
        /// `PBES2_HS384_A192KW`: `PBES2-HS384+A192KW` (RFC 7518 section 4.8).
        Pbes2Hs384A192kw = "PBES2_HS384_A192KW",
        /// `PBES2_HS512_A256KW`: `PBES2-HS512+A256KW` (RFC 7518 section 4.8).
        Pbes2Hs512A256kw = "PBES2_HS512_A256KW",
    }
}
