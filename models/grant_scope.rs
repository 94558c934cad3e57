model! {
    /// Scopes of a grant, and what they are for.
    pub struct GrantScope {
        /// The scopes, with spaces between them (RFC 6749 section 3.3).
        scope: String,
        /// The resources, as URIs (RFC 8707).
        resource: [String],
    }
}
