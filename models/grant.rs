use serde::{Deserialize, Serialize};

use super::{AuthzDetails, GrantScope};

/// What a user has granted a client (Grant Management for OAuth 2.0).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Grant {
    /// Scopes with the resources they are for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<GrantScope>>,
    /// Names of claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<Vec<String>>,
    /// Authorization details (RFC 9396).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization_details: Option<AuthzDetails>,
}

model!(Grant { ; scopes: [GrantScope], claims: [String], authorization_details: AuthzDetails });
