use super::Secret;

model! {
    /// A wallet's deferred credential request (OpenID for Verifiable Credential Issuance 1.0 section 9.1).
    pub struct VciDeferredParseRequest {
        /// The access token that came with the request.
        access_token: Secret,
        /// The body of the request, as received: JSON with the `transaction_id`, or a JWT if it is encrypted.
        request_content: Secret,
    }
}
