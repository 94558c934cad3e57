use super::{AuthzDetails, Property, Secret};

model! {
    /// Changes to an access token and its refresh token. What is absent stays as it is.
    ///
    /// Name the token by its value or its hash.
    ///
    /// ```
    /// use authlete::models::TokenUpdateRequest;
    ///
    /// let update = TokenUpdateRequest::new()
    ///     .access_token_hash("nCOoAwJDZVLiSNVFhSCTIMNjtHJ0mfMSH8VzFGGzLDs")
    ///     .scopes(["timeline.read"]);
    /// ```
    pub struct TokenUpdateRequest {
        /// The access token. It takes precedence over [`access_token_hash`](Self::access_token_hash).
        access_token: Secret,
        /// When the access token shall expire, in milliseconds since the Unix epoch. Absent, 0 or negative: as before.
        access_token_expires_at: i64,
        /// The new scopes. Those that the service does not support, or the client may not request, are dropped
        /// silently.
        scopes: [String],
        /// The new extra properties, which replace all old ones.
        properties: [Property],
        /// Whether a change of [`scopes`](Self::scopes) also renews the expiry of the access token.
        access_token_expires_at_updated_on_scope_update: bool,
        /// The hash of the access token, as [`token_management_list`](crate::funcs::token_management_list) shows it.
        access_token_hash: String,
        /// Whether the server generates a new value for the access token and returns it. The old value is void.
        access_token_value_updated: bool,
        /// Whether the access token lives until it is revoked or deleted. `true` overrides
        /// [`access_token_expires_at`](Self::access_token_expires_at).
        access_token_persistent: bool,
        /// The SHA-256 thumbprint, in base64url, of the client certificate to bind the token to (RFC 8705 section 3).
        certificate_thumbprint: String,
        /// The thumbprint of the key to bind the token to by DPoP (RFC 9449 section 6). The token's type becomes
        /// `DPoP`.
        dpop_key_thumbprint: String,
        /// The new authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
        for_external_attachment: bool,
        /// When the refresh token shall expire, in milliseconds since the Unix epoch. Absent, 0 or negative: as before.
        refresh_token_expires_at: i64,
        /// Whether a change of [`scopes`](Self::scopes) also renews the expiry of the refresh token.
        refresh_token_expires_at_updated_on_scope_update: bool,
        /// The token's unique identifier.
        token_id: String,
        /// The refresh token. Not in the API description; newer servers know it.
        refresh_token: Secret,
        /// The hash of the refresh token. Not in the API description; newer servers know it.
        refresh_token_hash: String,
    }
}
