use serde::{Deserialize, Serialize};

use super::{GrantType, Property};

/// An access token as the list of tokens shows it: by hash, never by value.
///
/// Its times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AccessToken {
    /// The hash of the access token, which also names it for deletion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token_hash: Option<String>,
    /// When the access token expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token_expires_at: Option<i64>,
    /// The hash of the refresh token, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token_hash: Option<String>,
    /// When the refresh token expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token_expires_at: Option<i64>,
    /// When the access token was first created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<i64>,
    /// When the access token was last refreshed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_refreshed_at: Option<i64>,
    /// The numeric ID of its client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<i64>,
    /// The user it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// How it was obtained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_type: Option<GrantType>,
    /// The scopes of the access token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// Extra properties attached to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Vec<Property>>,
    /// The scopes of the refresh token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token_scopes: Option<Vec<String>>,
}

model!(AccessToken {
    ;
    access_token_hash: String,
    access_token_expires_at: i64,
    refresh_token_hash: String,
    refresh_token_expires_at: i64,
    created_at: i64,
    last_refreshed_at: i64,
    client_id: i64,
    subject: String,
    grant_type: GrantType,
    scopes: [String],
    properties: [Property],
    refresh_token_scopes: [String],
});
