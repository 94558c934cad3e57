use super::{Secret, Sns};

model! {
    /// A service's credentials at a social network.
    pub struct SnsCredentials {
        /// The network.
        sns: Sns,
        /// The key that the network has given the service.
        api_key: String,
        /// The secret that belongs to the key.
        api_secret: Secret,
    } keeps unknown
}
