use super::Secret;

model! {
    /// A wallet's credential request (OpenID for Verifiable Credential Issuance 1.0 section 8.2).
    pub struct VciSingleParseRequest {
        /// The access token that came with the request.
        access_token: Secret,
        /// The body of the request, as received: JSON, or a JWT if it is encrypted.
        request_content: Secret,
    }
}
