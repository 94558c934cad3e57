model! {
    /// A trust anchor (OpenID Federation 1.0).
    pub struct TrustAnchor {
        /// Its entity ID.
        entity_id: String,
        /// Its public keys, a JWK Set as JSON text.
        jwks: String,
    } keeps unknown
}
