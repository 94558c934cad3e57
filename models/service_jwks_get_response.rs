use super::RawJson;

model! {
    /// A service's JWK Set (RFC 7517 section 5), in the wire format of the JWK Set endpoint.
    pub struct ServiceJwksGetResponse {
        /// The keys, each as the text of its JSON object. With `include_private_keys` they hold private members;
        /// `Debug` shows none.
        keys: (hidden [RawJson]),
    }
}
