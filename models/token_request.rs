use super::{CimdOptions, Property, Secret};

model! {
    /// A token request (RFC 6749 section 3.2), as the client sent it, with how the client authenticated itself.
    pub struct TokenRequest(
        /// The raw body of the client's request, percent-encoded as received. Do not decode and encode it again.
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
        /// Extra properties to attach to the token, besides those of
        /// [`AuthorizationIssueRequest`](super::AuthorizationIssueRequest).
        properties: [Property],
        /// The value of the `DPoP` header (RFC 9449 section 5).
        dpop: Secret,
        /// The method of the client's request, which the DPoP proof must name (RFC 9449 section 4.2). Absent: `POST`.
        htm: String,
        /// The URL of the token endpoint without query and fragment, which the DPoP proof must name (RFC 9449 section
        /// 4.2). Absent, the one in the service's settings.
        htu: String,
        /// The value of an access token made by this call. Absent, the server makes one up.
        access_token: Secret,
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. Without
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// The value of the `OAuth-Client-Attestation` header (OAuth 2.0 Attestation-Based Client Authentication).
        oauth_client_attestation: Secret,
        /// The value of the `OAuth-Client-Attestation-PoP` header.
        oauth_client_attestation_pop: Secret,
        /// The lifetime of an access token made by this call, in seconds. Unless positive, the settings decide.
        access_token_duration: i64,
        /// The lifetime of a refresh token made by this call, in seconds. Unless positive, the settings decide.
        refresh_token_duration: i64,
        /// Whether the DPoP proof must carry the nonce that is expected (RFC 9449 section 8). The service's setting
        /// of the same name demands it too.
        dpop_nonce_required: bool,
        /// How to treat a Client ID Metadata Document in this call.
        cimd_options: CimdOptions,
    }
}
