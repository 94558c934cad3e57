use serde::{Deserialize, Serialize};

use super::{AuthzDetails, GrantType, Property, Secret};

/// One access token to create, with its optional refresh token.
///
/// To move a live token, give its value in [`access_token`](Self::access_token): a batch never tells the values the
/// server makes up, so a token without a value is lost.
///
/// ```
/// use authlete::models::{GrantType, TokenCreateRequest};
///
/// let token = TokenCreateRequest::new(GrantType::AuthorizationCode)
///     .client_id(26_478_243_745_571)
///     .subject("john")
///     .scopes(["openid", "timeline.read"])
///     .access_token_duration(3_600)
///     .access_token("2YotnFZFEjr1zCsicMWpAA");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TokenCreateRequest {
    /// How the token counts as obtained. [`GrantType::RefreshToken`] is refused.
    pub grant_type: GrantType,
    /// The client's numeric ID. Either this or [`client_identifier`](Self::client_identifier) is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<i64>,
    /// The user the token is for: ASCII, at most 100 characters. Ignored for [`GrantType::ClientCredentials`], optional
    /// for [`GrantType::JwtBearer`], needed otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The token's scopes (RFC 6749 section 3.3). One that the service does not support is an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// The access token's lifetime in seconds. 0, like an absent value, leaves it to the settings of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token_duration: Option<i64>,
    /// The refresh token's lifetime in seconds. 0, like an absent value, leaves it to the settings of the service. Without
    /// effect where no refresh token is made: the service does not support it, or the grant type is
    /// [`GrantType::Implicit`] or [`GrantType::ClientCredentials`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token_duration: Option<i64>,
    /// Extra properties to attach to the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Vec<Property>>,
    /// Whether the token counts as requested under the client's alias. It only changes `aud` of the UserInfo response,
    /// and only if the client has an alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id_alias_used: Option<bool>,
    /// The access token's value. Absent, the server makes one up. A value whose hash is already stored is an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token: Option<Secret>,
    /// The refresh token's value. Absent, the server makes one up where a refresh token is made. A value whose hash is
    /// already stored is an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// Whether the access token lives until it is revoked or deleted. `true` overrides
    /// [`access_token_duration`](Self::access_token_duration).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token_persistent: Option<bool>,
    /// The SHA-256 thumbprint, in base64url, of the client certificate the token is bound to (RFC 8705 section 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_thumbprint: Option<String>,
    /// The thumbprint of the key the token is bound to by DPoP (RFC 9449). It makes the token's type `DPoP`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop_key_thumbprint: Option<String>,
    /// Authorization details (RFC 9396).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization_details: Option<AuthzDetails>,
    /// Target resources as URIs (RFC 8707).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
    /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_external_attachment: Option<bool>,
    /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of one JSON object. Without effect
    /// where access tokens are not JWTs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwt_at_claims: Option<String>,
    /// The authentication context class (OpenID Connect Core `acr`) under which the user authenticated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// When the user authenticated, in seconds since the Unix epoch, not negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_entity_id_used: Option<bool>,
    /// The client as a string: its numeric ID, its alias or its entity ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_identifier: Option<String>,
    /// The ID of the user's session at the authorization server, which ties the token to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// Whether the client's metadata came from a Client ID Metadata Document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_document_used: Option<bool>,
}

model!(TokenCreateRequest {
    grant_type: GrantType;
    client_id: i64,
    subject: String,
    scopes: [String],
    access_token_duration: i64,
    refresh_token_duration: i64,
    properties: [Property],
    client_id_alias_used: bool,
    access_token: Secret,
    refresh_token: Secret,
    access_token_persistent: bool,
    certificate_thumbprint: String,
    dpop_key_thumbprint: String,
    authorization_details: AuthzDetails,
    resources: [String],
    for_external_attachment: bool,
    jwt_at_claims: String,
    acr: String,
    auth_time: i64,
    client_entity_id_used: bool,
    client_identifier: String,
    session_id: String,
    metadata_document_used: bool,
});
