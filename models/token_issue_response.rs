use super::{AuthzDetails, Pair, Property, Secret, ServerText};

model! {
    /// The success response to a token request, and what was issued with it.
    pub struct TokenIssueResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`token_issue`](crate::funcs::token_issue).
        action: TokenIssueResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// The access token. Where the service issues JWTs, clients get [`jwt_access_token`](Self::jwt_access_token)
        /// instead.
        access_token: Secret,
        /// When the access token expires, in milliseconds since the Unix epoch.
        access_token_expires_at: i64,
        /// The access token's lifetime in seconds.
        access_token_duration: i64,
        /// The refresh token, if the service and the client have the grant type.
        refresh_token: Secret,
        /// When the refresh token expires, in milliseconds since the Unix epoch.
        refresh_token_expires_at: i64,
        /// The refresh token's lifetime in seconds.
        refresh_token_duration: i64,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The user's unique ID at the service.
        subject: String,
        /// The scopes of the access token.
        scopes: [String],
        /// Extra properties attached to the token.
        properties: [Property],
        /// The access token as a JWT (RFC 9068), where the service issues them.
        jwt_access_token: Secret,
        /// The target resources of the access token, as URIs (RFC 8707).
        access_token_resources: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Attributes of the service.
        service_attributes: [Pair],
        /// Attributes of the client.
        client_attributes: [Pair],
        /// The client's entity ID (OpenID Federation 1.0).
        client_entity_id: String,
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// The scopes of the refresh token.
        refresh_token_scopes: [String],
        /// Where the client's metadata came from, if from a Client ID Metadata Document.
        metadata_document_location: String,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
    }
}

open_enum! {
    /// How to answer a token request that was granted.
    TokenIssueResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
    }
}
