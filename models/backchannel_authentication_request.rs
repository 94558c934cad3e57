use super::{CimdOptions, Secret};

model! {
    /// A client's backchannel authentication request (OpenID Connect CIBA 1.0 section 7.1).
    pub struct BackchannelAuthenticationRequest(
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
        /// The value of the `OAuth-Client-Attestation` header (OAuth 2.0 Attestation-Based Client Authentication).
        oauth_client_attestation: Secret,
        /// The value of the `OAuth-Client-Attestation-PoP` header.
        oauth_client_attestation_pop: Secret,
        /// How to treat a Client ID Metadata Document in this call.
        cimd_options: CimdOptions,
    }
}
