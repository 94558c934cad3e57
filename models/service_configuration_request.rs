model! {
    /// How to format and patch the server's metadata. Not in the API description.
    pub struct ServiceConfigurationRequest {
        /// Whether the document is indented. By default `false`.
        pretty: bool,
        /// A JSON Patch (RFC 6902) to apply to the document, as JSON text.
        patch: String,
    }
}
