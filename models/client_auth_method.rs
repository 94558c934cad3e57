open_enum! {
    /// How a client authenticates (OpenID Connect Core 1.0 section 9).
    ClientAuthMethod {
        /// `NONE`: not at all, as public clients do.
        None = "NONE",
        /// `CLIENT_SECRET_BASIC`: its secret in HTTP Basic (RFC 6749 section 2.3.1).
        ClientSecretBasic = "CLIENT_SECRET_BASIC",
        /// `CLIENT_SECRET_POST`: its secret in the body (RFC 6749 section 2.3.1).
        ClientSecretPost = "CLIENT_SECRET_POST",
        /// `CLIENT_SECRET_JWT`: a JWT with an HMAC keyed by its secret (RFC 7523 section 2.2).
        ClientSecretJwt = "CLIENT_SECRET_JWT",
        /// `PRIVATE_KEY_JWT`: a JWT signed by its private key (RFC 7523 section 2.2).
        PrivateKeyJwt = "PRIVATE_KEY_JWT",
        /// `TLS_CLIENT_AUTH`: a certificate of a trusted authority (RFC 8705 section 2.1).
        TlsClientAuth = "TLS_CLIENT_AUTH",
        /// `SELF_SIGNED_TLS_CLIENT_AUTH`: a self-signed certificate (RFC 8705 section 2.2).
        SelfSignedTlsClientAuth = "SELF_SIGNED_TLS_CLIENT_AUTH",
        /// `ATTEST_JWT_CLIENT_AUTH`: an attestation of the client (OAuth 2.0 Attestation-Based Client Authentication).
        AttestJwtClientAuth = "ATTEST_JWT_CLIENT_AUTH",
        /// `SPIFFE_JWT`: a SPIFFE JWT-SVID (OAuth SPIFFE Client Authentication). Newer servers only.
        SpiffeJwt = "SPIFFE_JWT",
    }
}
