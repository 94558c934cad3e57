use super::Secret;

model! {
    /// A pushed authorization request (RFC 9126), as the client sent it.
    pub struct PushedAuthorizationRequest(
        /// The raw body of the client's request, percent-encoded as received.
        parameters: Secret,
    ) {
        /// The client ID from Basic authentication, decoded (RFC 6749 section 2.3.1).
        client_id: String,
        /// The client secret from Basic authentication, decoded (RFC 6749 section 2.3.1).
        client_secret: Secret,
        /// The certificate the client presented, in PEM (RFC 8705 section 2).
        client_certificate: String,
        /// The certificates above it that the client presented, each in PEM (RFC 8705 section 2.1).
        client_certificate_path: [String],
        /// The value of the `DPoP` header (RFC 9449 section 10.1).
        dpop: Secret,
        /// The method of the client's request, which the DPoP proof must name (RFC 9449 section 4.2). Absent: `POST`.
        htm: String,
        /// The URL of the endpoint without query and fragment, which the DPoP proof must name (RFC 9449 section 4.2).
        /// Absent, the one in the service's settings.
        htu: String,
        /// The value of the `OAuth-Client-Attestation` header (OAuth 2.0 Attestation-Based Client Authentication).
        oauth_client_attestation: Secret,
        /// The value of the `OAuth-Client-Attestation-PoP` header.
        oauth_client_attestation_pop: Secret,
        /// Whether the DPoP proof must carry the nonce that is expected (RFC 9449 section 8). The service's setting
        /// of the same name demands it too.
        dpop_nonce_required: bool,
    }
}
