use super::ServerText;

model! {
    /// The scopes that a user has granted a client.
    ///
    /// Six operations return it. Those that delete tokens set [`result_code`](Self::result_code) and
    /// [`result_message`](Self::result_message) alone. For those that look up granted scopes it is also called
    /// [`ClientGrantedScopesGetResponse`].
    pub struct ClientAuthorizationDeleteResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// The numeric ID of the service.
        service_api_key: i64,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The user's unique ID at the service.
        subject: String,
        /// The scopes of the latest authorization. Absent if there is no record of any; empty if it granted no scope.
        latest_granted_scopes: [String],
        /// The scopes of all authorizations together, less those that were revoked.
        merged_granted_scopes: [String],
        /// When the record was last changed, in milliseconds since the Unix epoch.
        modified_at: i64,
    }
}

/// The scopes that a user has granted a client: what the `granted_scopes` look-ups return.
pub type ClientGrantedScopesGetResponse = ClientAuthorizationDeleteResponse;
