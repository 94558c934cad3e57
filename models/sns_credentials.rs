use super::{Secret, Sns};

model! {
    /// A service's credentials at a social network.
    pub struct SnsCredentials {
        /// The network.
        sns: Sns,
        /// The API key.
        api_key: String,
        /// The API secret.
        api_secret: Secret,
    }
}
