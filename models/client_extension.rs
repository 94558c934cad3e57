model! {
    /// Authlete's extensions of a client.
    pub struct ClientExtension {
        /// The scopes the client may request. Absent: all of the service. Empty: none.
        requestable_scopes: [String],
        /// Whether [`requestable_scopes`](Self::requestable_scopes) counts.
        requestable_scopes_enabled: bool,
        /// The access token's lifetime in seconds. It only shortens that of the service; 0 leaves it as it is. Scopes
        /// can shorten it further.
        access_token_duration: i64,
        /// The refresh token's lifetime in seconds. It only shortens that of the service; 0 leaves it as it is.
        refresh_token_duration: i64,
        /// The ID token's lifetime in seconds. It only shortens that of the service; 0 leaves it as it is.
        id_token_duration: i64,
        /// Whether the client has explicit permission for token exchange (RFC 8693).
        token_exchange_permitted: bool,
    } keeps unknown
}
