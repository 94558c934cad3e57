model! {
    /// The scopes a client may request after an update.
    pub struct ClientExtensionRequestableScopesUpdateResponse {
        /// The scopes. Empty, it may request none; absent, every scope that the service supports.
        requestable_scopes: [String],
    }
}
