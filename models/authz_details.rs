use serde::{Deserialize, Serialize};

use super::AuthorizationDetailsElement;

/// Authorization details (RFC 9396, `authorization_details`), wrapped in an object as the API wants them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthzDetails {
    /// The elements of the array.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elements: Option<Vec<AuthorizationDetailsElement>>,
}

model!(AuthzDetails { ; elements: [AuthorizationDetailsElement] });
