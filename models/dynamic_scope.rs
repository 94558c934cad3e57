model! {
    /// A requested scope that matches the pattern of one of the service's scopes.
    pub struct DynamicScope {
        /// The name of the service's scope, such as `consent`.
        name: String,
        /// The scope as requested, such as `consent:urn:bank:1`.
        value: String,
    }
}
