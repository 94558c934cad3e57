model! {
    /// How one call treats Client ID Metadata Documents (OAuth Client ID Metadata Document).
    ///
    /// `true` overrides the service's setting; `false`, like an absent value, leaves it in force. Without effect
    /// where the client ID is not a URL or the service does not support such documents.
    pub struct CimdOptions {
        /// Whether to fetch the document even if the copy in the database is still fresh. Only the first request of a
        /// flow fetches it.
        always_retrieved: bool,
        /// Whether the client ID may be an `http` URL. For development.
        http_permitted: bool,
        /// Whether the client ID may have a query.
        query_permitted: bool,
    }
}
