use serde::{Deserialize, Serialize};

use super::{AuthzDetails, Grant, GrantType, Pair, Property, Scope, ServerText};

/// What is known of an access token, and what to answer to the client that presented it.
///
/// [`action`](Self::action) tells the latter. A token that exists is not always described as usable: it may be bound to a
/// certificate or key of which the request gave no proof.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IntrospectionResponse {
    /// Authlete's code for the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_code: Option<String>,
    /// The outcome in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_message: Option<ServerText>,
    /// What to do with the client's request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<IntrospectionResponseAction>,
    /// The value for `WWW-Authenticate` if the client's request is refused (RFC 6750 section 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_content: Option<String>,
    /// The client's numeric ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<i64>,
    /// The alias the client had when it asked for the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id_alias: Option<String>,
    /// Whether the client named itself by its alias when it asked for the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id_alias_used: Option<bool>,
    /// When the access token expires, in milliseconds since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// The user the token belongs to; absent for the client credentials flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The scopes of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// Whether the token is in the database. An expired one may be, and is reported so only once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existent: Option<bool>,
    /// Whether the token exists and has not expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable: Option<bool>,
    /// Whether the token covers the scopes that were demanded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sufficient: Option<bool>,
    /// Whether there is a refresh token for it that has not expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refreshable: Option<bool>,
    /// Extra properties attached to the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Vec<Property>>,
    /// The thumbprint of the certificate the token is bound to (RFC 8705 section 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_thumbprint: Option<String>,
    /// The target resources that were asked for first, as URIs (RFC 8707).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
    /// The target resources of this access token, which may be fewer (RFC 8707 section 2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token_resources: Option<Vec<String>>,
    /// Authorization details (RFC 9396).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization_details: Option<AuthzDetails>,
    /// Attributes of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_attributes: Option<Vec<Pair>>,
    /// Attributes of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_attributes: Option<Vec<Pair>>,
    /// The scopes of the token with their descriptions and attributes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope_details: Option<Vec<Scope>>,
    /// The ID of the grant the token belongs to (Grant Management for OAuth 2.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// The grant itself (Grant Management for OAuth 2.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<Grant>,
    /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_external_attachment: Option<bool>,
    /// The claims the user lets the client know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consented_claims: Option<Vec<String>>,
    /// How the token was obtained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_type: Option<GrantType>,
    /// The authentication context class under which the user authenticated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// When the user authenticated, in seconds since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// The client's entity ID (OpenID Federation 1.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_entity_id: Option<String>,
    /// Whether the client named itself by its entity ID when it asked for the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_entity_id_used: Option<bool>,
    /// Whether the token is for the issuance of credentials (OpenID for Verifiable Credential Issuance 1.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_credential_issuance: Option<bool>,
    /// The `c_nonce` that goes with the token (OpenID for Verifiable Credential Issuance).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnonce: Option<String>,
    /// The end of the life of the `c_nonce`, in milliseconds since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnonce_expires_at: Option<i64>,
    /// The credentials the token allows to be issued, as the text of a JSON array.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuable_credentials: Option<String>,
    /// The nonce to send in a `DPoP-Nonce` header (RFC 9449 section 9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop_nonce: Option<String>,
    /// Whether the resource's response has to be signed (RFC 9421).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_signing_required: Option<bool>,
    /// Where the client's metadata came from, if from a Client ID Metadata Document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_document_location: Option<String>,
    /// Whether the client's metadata came from a Client ID Metadata Document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_document_used: Option<bool>,
}

model!(IntrospectionResponse {
    ;
    result_code: String,
    result_message: ServerText,
    action: IntrospectionResponseAction,
    response_content: String,
    client_id: i64,
    client_id_alias: String,
    client_id_alias_used: bool,
    expires_at: i64,
    subject: String,
    scopes: [String],
    existent: bool,
    usable: bool,
    sufficient: bool,
    refreshable: bool,
    properties: [Property],
    certificate_thumbprint: String,
    resources: [String],
    access_token_resources: [String],
    authorization_details: AuthzDetails,
    service_attributes: [Pair],
    client_attributes: [Pair],
    scope_details: [Scope],
    grant_id: String,
    grant: Grant,
    for_external_attachment: bool,
    consented_claims: [String],
    grant_type: GrantType,
    acr: String,
    auth_time: i64,
    client_entity_id: String,
    client_entity_id_used: bool,
    for_credential_issuance: bool,
    cnonce: String,
    cnonce_expires_at: i64,
    issuable_credentials: String,
    dpop_nonce: String,
    response_signing_required: bool,
    metadata_document_location: String,
    metadata_document_used: bool,
});

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
