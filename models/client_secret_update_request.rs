use super::Secret;

model! {
    /// A new secret for a client.
    pub struct ClientSecretUpdateRequest(
        /// The new secret: 1 to 86 characters from `A-Z`, `a-z`, `0-9`, `-` and `_`.
        client_secret: Secret,
    ) {}
}
