use super::{AuthzDetails, DeliveryMode, Pair, Secret, ServerText};

model! {
    /// What to do once the user has decided, and in push mode the tokens.
    pub struct BackchannelAuthenticationCompleteResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`ciba_complete`](crate::funcs::ciba_complete).
        action: BackchannelAuthenticationCompleteResponseAction,
        /// The body of the notification to the client, where the action is `NOTIFICATION`.
        response_content: Secret,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The client's name.
        client_name: String,
        /// How the client gets the outcome (OpenID Connect CIBA 1.0 section 5).
        delivery_mode: DeliveryMode,
        /// The URL of the client's notification endpoint (OpenID Connect CIBA 1.0 section 9).
        client_notification_endpoint: String,
        /// The bearer token for the notification.
        client_notification_token: Secret,
        /// The `auth_req_id` of the request.
        auth_req_id: Secret,
        /// The access token, in push mode.
        access_token: Secret,
        /// The refresh token, in push mode, where one was issued.
        refresh_token: Secret,
        /// The ID token, in push mode (OpenID Connect CIBA 1.0 section 10.3.1).
        id_token: Secret,
        /// The access token's lifetime in seconds.
        access_token_duration: i64,
        /// The refresh token's lifetime in seconds.
        refresh_token_duration: i64,
        /// The ID token's lifetime in seconds.
        id_token_duration: i64,
        /// The access token as a JWT (RFC 9068), in push mode, where the service issues such tokens.
        jwt_access_token: Secret,
        /// Target resources as URIs (RFC 8707).
        resources: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Attributes of the service.
        service_attributes: [Pair],
        /// Attributes of the client.
        client_attributes: [Pair],
        /// The ID of the grant that the request is about (Grant Management for OAuth 2.0).
        grant_id: String,
        /// The client's entity ID (OpenID Federation 1.0).
        client_entity_id: String,
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// Where the client's metadata came from, if from a Client ID Metadata Document.
        metadata_document_location: String,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
    }
}

open_enum! {
    /// What to do once the user has decided.
    BackchannelAuthenticationCompleteResponseAction {
        /// `SERVER_ERROR`: The call was wrong, or Authlete has a problem.
        ServerError = "SERVER_ERROR",
        /// `NO_ACTION`: Nothing: in poll mode the client asks for the outcome itself.
        NoAction = "NO_ACTION",
        /// `NOTIFICATION`: Send `response_content` to the client's notification endpoint.
        Notification = "NOTIFICATION",
    }
}
