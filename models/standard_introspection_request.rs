use super::{JweAlg, JweEnc, JwsAlg, Secret};

model! {
    /// An introspection request (RFC 7662 section 2.1), as a resource server sent it.
    pub struct StandardIntrospectionRequest(
        /// The raw body of the resource server's request, percent-encoded as received.
        parameters: Secret,
    ) {
        /// Whether the response includes extra properties that clients must not see. Default: they stay out.
        with_hidden_properties: bool,
        /// The URI of the resource server. If the token has an audience and this is not in it, the response is
        /// `{"active":false}`. Required for a JWT response.
        rs_uri: String,
        /// The value of the request's `Accept` header. `application/token-introspection+jwt` asks for a JWT (RFC 9701
        /// section 4).
        http_accept_header: String,
        /// The algorithm that signs a JWT response (RFC 9701 section 6). Default: `RS256`.
        introspection_sign_alg: JwsAlg,
        /// The algorithm that encrypts the key of a JWT response (RFC 9701 section 6). Absent, it is not encrypted.
        introspection_encryption_alg: JweAlg,
        /// The algorithm that encrypts the content of a JWT response (RFC 9701 section 6). Default: `A128CBC_HS256`.
        introspection_encryption_enc: JweEnc,
        /// The key to sign with, where the algorithm is symmetric.
        shared_key_for_sign: Secret,
        /// The key to encrypt with, where the algorithm is symmetric.
        shared_key_for_encryption: Secret,
        /// The key to encrypt with, where the algorithm is asymmetric.
        public_key_for_encryption: Secret,
    }
}
