model! {
    /// The scopes a client may request.
    pub struct ClientExtensionRequestableScopesGetResponse {
        /// The scopes. Empty, it may request none; absent, every scope that the service supports.
        requestable_scopes: [String],
    }
}
