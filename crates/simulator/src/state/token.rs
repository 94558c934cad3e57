//! Tokens as they are kept.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::digest::Hash;

/// The grant type a token was created for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrantType {
    /// `AUTHORIZATION_CODE`
    AuthorizationCode,
    /// `IMPLICIT`
    Implicit,
    /// `PASSWORD`
    Password,
    /// `CLIENT_CREDENTIALS`
    ClientCredentials,
    /// `CIBA`
    Ciba,
    /// `DEVICE_CODE`
    DeviceCode,
    /// `TOKEN_EXCHANGE`
    TokenExchange,
    /// `JWT_BEARER`
    JwtBearer,
    /// `PRE_AUTHORIZED_CODE`
    PreAuthorizedCode,
}

impl GrantType {
    /// The wire name, for example `AUTHORIZATION_CODE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "AUTHORIZATION_CODE",
            Self::Implicit => "IMPLICIT",
            Self::Password => "PASSWORD",
            Self::ClientCredentials => "CLIENT_CREDENTIALS",
            Self::Ciba => "CIBA",
            Self::DeviceCode => "DEVICE_CODE",
            Self::TokenExchange => "TOKEN_EXCHANGE",
            Self::JwtBearer => "JWT_BEARER",
            Self::PreAuthorizedCode => "PRE_AUTHORIZED_CODE",
        }
    }

    /// Reads a wire name. `REFRESH_TOKEN` is a wire name too, but no token can be created for it.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        const ALL: [GrantType; 9] = [
            GrantType::AuthorizationCode,
            GrantType::Implicit,
            GrantType::Password,
            GrantType::ClientCredentials,
            GrantType::Ciba,
            GrantType::DeviceCode,
            GrantType::TokenExchange,
            GrantType::JwtBearer,
            GrantType::PreAuthorizedCode,
        ];
        ALL.into_iter().find(|grant_type| grant_type.as_str() == name)
    }
}

impl fmt::Display for GrantType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An extra property of a token.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Property {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether client applications do not get to see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
}

/// The attributes that most tokens do without.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct TokenExtra {
    /// `properties`
    pub properties: Vec<Property>,
    /// `resources`: RFC 8707 resource indicators.
    pub resources: Vec<String>,
    /// `certificateThumbprint`: binds the token to a client certificate (RFC 8705).
    pub certificate_thumbprint: Option<String>,
    /// `dpopKeyThumbprint`: binds the token to a DPoP key (RFC 9449).
    pub dpop_key_thumbprint: Option<String>,
    /// `authorizationDetails`: RFC 9396, kept as received but for members that are `null`.
    pub authorization_details: Option<serde_json::Value>,
    /// `jwtAtClaims`: the text of a JSON object.
    pub jwt_at_claims: Option<String>,
    /// `acr`
    pub acr: Option<String>,
    /// `authTime`, in seconds since the Unix epoch.
    pub auth_time: Option<i64>,
    /// `sessionId`
    pub session_id: Option<String>,
    /// `forExternalAttachment`
    pub for_external_attachment: bool,
    /// `clientIdAliasUsed`
    pub client_id_alias_used: bool,
    /// `clientEntityIdUsed`
    pub client_entity_id_used: bool,
    /// `metadataDocumentUsed`
    pub metadata_document_used: bool,
    /// Claims that the authorization request asked of UserInfo by name (OpenID Connect Core 1.0, section 5.5).
    pub userinfo_claims: Vec<String>,
    /// The code that it comes from, as long as that matters.
    pub(crate) code: Option<Hash>,
}

static NO_EXTRA: TokenExtra = TokenExtra {
    properties: Vec::new(),
    resources: Vec::new(),
    certificate_thumbprint: None,
    dpop_key_thumbprint: None,
    authorization_details: None,
    jwt_at_claims: None,
    acr: None,
    auth_time: None,
    session_id: None,
    for_external_attachment: false,
    client_id_alias_used: false,
    client_entity_id_used: false,
    metadata_document_used: false,
    userinfo_claims: Vec::new(),
    code: None,
};

/// A token in the simulator's store.
///
/// Times are Unix milliseconds on the simulator's clock. The type is kept small, so that a million of
/// them fit in memory: what few tokens have is behind [`StoredToken::extra`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StoredToken {
    /// The service the token belongs to.
    pub service_id: Arc<str>,
    /// The request ID of the batch that created it; `None` for a single creation.
    pub batch: Option<Arc<str>>,
    /// The access token.
    pub access_token: Box<str>,
    /// The refresh token.
    pub refresh_token: Option<Box<str>>,
    /// The client's number; `None` when the request named only an identifier that is not a number.
    pub client_id: Option<i64>,
    /// `clientIdentifier` as received.
    pub client_identifier: Option<Arc<str>>,
    /// The subject; `None` for `CLIENT_CREDENTIALS`, where a subject is ignored.
    pub subject: Option<Box<str>>,
    /// The grant type.
    pub grant_type: GrantType,
    /// The scopes, in the order received.
    pub scopes: Arc<[Box<str>]>,
    /// `accessTokenDuration` as received, in seconds; 0 when absent.
    pub access_token_duration: i64,
    /// `refreshTokenDuration` as received, in seconds; 0 when absent.
    pub refresh_token_duration: i64,
    /// When the token was created.
    pub created_at: i64,
    /// When the access token expires; `None` when it never does (`accessTokenPersistent`).
    pub access_token_expires_at: Option<i64>,
    /// When the refresh token expires; `None` without one.
    pub refresh_token_expires_at: Option<i64>,
    pub(crate) extra: Option<Box<TokenExtra>>,
}

impl StoredToken {
    /// The rarer attributes.
    pub fn extra(&self) -> &TokenExtra {
        self.extra.as_deref().unwrap_or(&NO_EXTRA)
    }

    /// Whether the access token never expires.
    pub fn is_persistent(&self) -> bool {
        self.access_token_expires_at.is_none()
    }
}
