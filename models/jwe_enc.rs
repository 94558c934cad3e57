open_enum! {
    /// How the content of a JWE is encrypted: `enc` (RFC 7518 section 5.1).
    JweEnc {
        /// `A128CBC_HS256`: `A128CBC-HS256` (RFC 7518 section 5.2.3).
        A128cbcHs256 = "A128CBC_HS256",
        /// `A192CBC_HS384`: `A192CBC-HS384` (RFC 7518 section 5.2.4).
        A192cbcHs384 = "A192CBC_HS384",
        /// `A256CBC_HS512`: `A256CBC-HS512` (RFC 7518 section 5.2.5).
        A256cbcHs512 = "A256CBC_HS512",
        /// `A128GCM`: AES-GCM with 128 bits (RFC 7518 section 5.3).
        A128gcm = "A128GCM",
        /// `A192GCM`: AES-GCM with 192 bits (RFC 7518 section 5.3).
        A192gcm = "A192GCM",
        /// `A256GCM`: AES-GCM with 256 bits (RFC 7518 section 5.3).
        A256gcm = "A256GCM",
    }
}
