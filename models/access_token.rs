use super::{GrantType, Property};

model! {
    /// An access token in the list of tokens. It is shown by its hash, never by its value.
    pub struct AccessToken {
        /// The hash of the access token. It identifies the token in
        /// [`token_management_delete`](crate::funcs::token_management_delete),
        /// [`token_management_revoke`](crate::funcs::token_management_revoke) and
        /// [`token_management_update`](crate::funcs::token_management_update).
        access_token_hash: String,
        /// When the access token expires, in milliseconds since the Unix epoch.
        access_token_expires_at: i64,
        /// The hash of the refresh token, where there is one.
        refresh_token_hash: String,
        /// When the refresh token expires, in milliseconds since the Unix epoch.
        refresh_token_expires_at: i64,
        /// When the access token was first created, in milliseconds since the Unix epoch.
        created_at: i64,
        /// When the access token was last refreshed, in milliseconds since the Unix epoch.
        last_refreshed_at: i64,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The user's unique ID at the service.
        subject: String,
        /// The grant type under which the token was issued.
        grant_type: GrantType,
        /// The scopes of the access token.
        scopes: [String],
        /// Extra properties attached to the tokens.
        properties: [Property],
        /// The scopes of the refresh token.
        refresh_token_scopes: [String],
    }
}
