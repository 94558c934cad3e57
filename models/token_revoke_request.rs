use super::Secret;

model! {
    /// The tokens to revoke: one, or all of a client, of a user, or of both together.
    pub struct TokenRevokeRequest {
        /// One access token, by its value or its hash.
        access_token_identifier: Secret,
        /// One refresh token, by its value or its hash.
        refresh_token_identifier: Secret,
        /// All tokens of this client: its numeric ID or its alias.
        client_identifier: String,
        /// Revokes all tokens of this user.
        subject: String,
    }
}
