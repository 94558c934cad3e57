model! {
    /// A request for explicit registration (OpenID Federation 1.0). Set the member that fits the type of the request's
    /// body.
    pub struct FederationRegistrationRequest {
        /// The body of a request of the type `application/entity-statement+jwt`: the client's entity configuration.
        entity_configuration: String,
        /// The body of a request of the type `application/trust-chain+json`: the client's trust chain, a JSON array of
        /// JWTs.
        trust_chain: String,
    }
}
