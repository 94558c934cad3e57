use super::Secret;

model! {
    /// A request that a client sent to the registration endpoint (RFC 7591) or to its client configuration endpoint
    /// (RFC 7592).
    pub struct ClientRegistrationRequest {
        /// The client's metadata as received (RFC 7591 section 3.1, RFC 7592 section 2.2). For registering and
        /// updating.
        json: Secret,
        /// The bearer of the client's request: the initial access token for registering, where one is used (RFC 7591
        /// section 3), else the registration access token (RFC 7592 section 3).
        token: Secret,
        /// The client's ID, from the URL of the client configuration endpoint. For reading, updating and deleting.
        client_id: String,
    }
}
