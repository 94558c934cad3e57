use super::{AuthzDetails, Grant, GrantType, Pair, Property, Scope, ServerText};

model! {
    /// What is known of an access token, and what to answer to the client that presented it.
    ///
    /// A token that exists is not always usable: it may be bound to a certificate or a key of which the request gave
    /// no proof.
    pub struct IntrospectionResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`introspection_process`](crate::funcs::introspection_process).
        action: IntrospectionResponseAction,
        /// The value for `WWW-Authenticate` if the request is refused (RFC 6750 section 3).
        response_content: ServerText,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias: the one that the token was issued for.
        client_id_alias_used: bool,
        /// When the access token expires, in milliseconds since the Unix epoch.
        expires_at: i64,
        /// The user's unique ID at the service. Absent for client credentials, which involve no user.
        subject: String,
        /// The scopes of the token.
        scopes: [String],
        /// Whether the token is in the database. An expired one may be, and is reported so only once.
        existent: bool,
        /// Whether the token exists and has not expired.
        usable: bool,
        /// Whether the token covers the scopes that were demanded.
        sufficient: bool,
        /// Whether there is a refresh token for it that has not expired.
        refreshable: bool,
        /// Extra properties attached to the token.
        properties: [Property],
        /// The thumbprint of the certificate the token is bound to (RFC 8705 section 3).
        certificate_thumbprint: String,
        /// The target resources that were asked for first, as URIs (RFC 8707).
        resources: [String],
        /// The target resources of this access token, which may be fewer (RFC 8707 section 2.2).
        access_token_resources: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Attributes of the service.
        service_attributes: [Pair],
        /// Attributes of the client.
        client_attributes: [Pair],
        /// The scopes of the token with their descriptions and attributes.
        scope_details: [Scope],
        /// The ID of the grant the token belongs to (Grant Management for OAuth 2.0).
        grant_id: String,
        /// The grant itself (Grant Management for OAuth 2.0).
        grant: Grant,
        /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
        for_external_attachment: bool,
        /// Names of the claims that the user allows the client to know.
        consented_claims: [String],
        /// The grant type that the token was issued for.
        grant_type: GrantType,
        /// The authentication context class under which the user authenticated.
        acr: String,
        /// When the user authenticated, in seconds since the Unix epoch.
        auth_time: i64,
        /// The client's entity ID (OpenID Federation 1.0).
        client_entity_id: String,
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// Whether the token is for the issuance of credentials (OpenID for Verifiable Credential Issuance 1.0).
        for_credential_issuance: bool,
        /// The `c_nonce` that goes with the token (OpenID for Verifiable Credential Issuance).
        cnonce: String,
        /// When [`cnonce`](Self::cnonce) expires, in milliseconds since the Unix epoch.
        cnonce_expires_at: i64,
        /// The credentials the token allows to be issued, as the text of a JSON array.
        issuable_credentials: String,
        /// The nonce to send in a `DPoP-Nonce` header (RFC 9449 section 9).
        dpop_nonce: String,
        /// Whether the resource's response has to be signed (RFC 9421).
        response_signing_required: bool,
        /// Where the client's metadata came from, if from a Client ID Metadata Document.
        metadata_document_location: String,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
    }
}

open_enum! {
    /// What to do with the request of a client that presented an access token.
    IntrospectionResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content` in `WWW-Authenticate`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content` in `WWW-Authenticate`. There was no token.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: Answer 401 with `response_content` in `WWW-Authenticate`. The token is unknown, has
        /// expired, or its proof of possession is missing.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: Answer 403 with `response_content` in `WWW-Authenticate`. The token does not cover what was
        /// demanded.
        Forbidden = "FORBIDDEN",
        /// `OK`: Serve the request.
        Ok = "OK",
    }
}
