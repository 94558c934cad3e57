model! {
    /// The scopes a client may request from now on.
    pub struct ClientExtensionRequestableScopesUpdateRequest {
        /// The scopes. Empty, it may request none; absent, every scope that the service supports. Unsupported ones
        /// are ignored.
        requestable_scopes: [String],
    }
}
