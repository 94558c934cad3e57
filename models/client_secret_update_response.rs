use super::{Secret, ServerText};

model! {
    /// A client's new secret, and the one it replaces.
    pub struct ClientSecretUpdateResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// The secret that is valid now.
        new_client_secret: Secret,
        /// The secret it replaces.
        old_client_secret: Secret,
    }
}
