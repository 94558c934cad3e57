use serde::{Deserialize, Serialize};

/// Scopes of a grant, and what they are for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GrantScope {
    /// The scopes, with spaces between them (RFC 6749 section 3.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The resources, as URIs (RFC 8707).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Vec<String>>,
}

model!(GrantScope { ; scope: String, resource: [String] });
