use super::{AuthzDetails, Property, Scope};

model! {
    /// A subject or actor token that this service issued (RFC 8693 section 2.1).
    pub struct TokenInfo {
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The user's unique ID at the service.
        subject: String,
        /// The scopes of the token, with their descriptions and attributes.
        scopes: [Scope],
        /// When the token expires, in milliseconds since the Unix epoch.
        expires_at: i64,
        /// Extra properties attached to the token.
        properties: [Property],
        /// Target resources as URIs (RFC 8707).
        resources: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
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
