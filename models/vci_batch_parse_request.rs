use super::Secret;

model! {
    /// A wallet's batch credential request (OpenID for Verifiable Credential Issuance draft 13).
    pub struct VciBatchParseRequest {
        /// The access token that came with the request.
        access_token: Secret,
        /// The body of the request, as received: JSON, or a JWT if it is encrypted.
        request_content: Secret,
    }
}
