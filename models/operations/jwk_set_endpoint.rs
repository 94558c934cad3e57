request! {
    /// What [`jwk_set_endpoint_service_jwks_get_api`](crate::funcs::jwk_set_endpoint_service_jwks_get_api) sends.
    pub struct ServiceJwksGetApiRequest {
        /// Whether the answer has the private keys. By default `false`.
        include_private_keys: bool,
        /// Whether the document is indented. By default `false`.
        pretty: bool,
    }
}
