model! {
    /// A URI with a name, such as an endpoint for mutual TLS.
    pub struct NamedUri {
        /// The name, such as `token_endpoint`.
        name: String,
        /// The URI.
        uri: String,
    } keeps unknown
}
