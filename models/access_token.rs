use super::{GrantType, Property};

model! {
    /// An access token as the list of tokens shows it: by hash, never by value.
    ///
    /// Its times are milliseconds since the Unix epoch.
    pub struct AccessToken {
        /// The hash of the access token, which also names it for deletion.
        access_token_hash: String,
        /// When the access token expires.
        access_token_expires_at: i64,
        /// The hash of the refresh token, where there is one.
        refresh_token_hash: String,
        /// When the refresh token expires.
        refresh_token_expires_at: i64,
        /// When the access token was first created.
        created_at: i64,
        /// When the access token was last refreshed.
        last_refreshed_at: i64,
        /// The numeric ID of its client.
        client_id: i64,
        /// The user it belongs to.
        subject: String,
        /// How it was obtained.
        grant_type: GrantType,
        /// The scopes of the access token.
        scopes: [String],
        /// Extra properties attached to it.
        properties: [Property],
        /// The scopes of the refresh token.
        refresh_token_scopes: [String],
    }
}
