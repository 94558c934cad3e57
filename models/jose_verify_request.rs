use super::Secret;

model! {
    /// A JOSE object to verify, and what it must contain.
    pub struct JoseVerifyRequest(
        /// The object: a JWS (RFC 7515), a JWE (RFC 7516), or both nested, in compact serialization.
        jose: Secret,
    ) {
        /// The claims that must be present.
        mandatory_claims: [String],
        /// By how many seconds clocks may differ when times such as `exp` are checked.
        clock_skew: i64,
        /// The client whose keys verify the signature: its numeric ID or its alias.
        client_identifier: String,
        /// Whether the client signed the object, with its private key or its secret. Otherwise the keys of the service
        /// apply.
        signed_by_client: bool,
    }
}
