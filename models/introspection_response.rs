use super::{AuthzDetails, Grant, GrantType, Pair, Property, Scope, ServerText};

model! {
    /// What is known of an access token, and what to answer to the client that presented it.
    ///
    /// [`action`](Self::action) tells the latter. A token that exists is not always described as usable: it may be bound to a
    /// certificate or key of which the request gave no proof.
    pub struct IntrospectionResponse {
        /// Authlete's code for the outcome.
        result_code: String,
        /// The outcome in words.
        result_message: ServerText,
        /// What to do with the client's request.
        action: IntrospectionResponseAction,
        /// The value for `WWW-Authenticate` if the client's request is refused (RFC 6750 section 3).
        response_content: ServerText,
        /// The client's numeric ID.
        client_id: i64,
        /// The alias the client had when it asked for the token.
        client_id_alias: String,
        /// Whether the client named itself by its alias when it asked for the token.
        client_id_alias_used: bool,
        /// When the access token expires, in milliseconds since the Unix epoch.
        expires_at: i64,
        /// The user the token belongs to; absent for the client credentials flow.
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
        /// The claims the user lets the client know.
        consented_claims: [String],
        /// How the token was obtained.
        grant_type: GrantType,
        /// The authentication context class under which the user authenticated.
        acr: String,
        /// When the user authenticated, in seconds since the Unix epoch.
        auth_time: i64,
        /// The client's entity ID (OpenID Federation 1.0).
        client_entity_id: String,
        /// Whether the client named itself by its entity ID when it asked for the token.
        client_entity_id_used: bool,
        /// Whether the token is for the issuance of credentials (OpenID for Verifiable Credential Issuance 1.0).
        for_credential_issuance: bool,
        /// The `c_nonce` that goes with the token (OpenID for Verifiable Credential Issuance).
        cnonce: String,
        /// The end of the life of the `c_nonce`, in milliseconds since the Unix epoch.
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
        /// `INTERNAL_SERVER_ERROR`: answer 500. The call to Authlete was wrong, or Authlete has a problem.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: answer 400. There was no token.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: answer 401. The token does not exist, has expired, or its proof of possession is missing.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: answer 403. The token does not cover what was demanded.
        Forbidden = "FORBIDDEN",
        /// `OK`: serve the request.
        Ok = "OK",
    }
}
