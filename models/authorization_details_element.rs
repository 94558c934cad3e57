use serde::{Deserialize, Serialize};

/// One element of authorization details, RFC 9396 section 2.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthorizationDetailsElement {
    /// The kind of authorization (wire name `type`). It decides which other members may stand here. Required when sent;
    /// optional here because a response must decode without it.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// Where the resource is, usually as URIs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locations: Option<Vec<String>>,
    /// What may be done there. The API behind the resource defines the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<String>>,
    /// The kinds of data asked for (wire name `dataTypes`, RFC 9396 `datatypes`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_types: Option<Vec<String>>,
    /// One particular resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// Levels of privilege asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privileges: Option<Vec<String>>,
    /// All members beside those above, as the text of one JSON object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_fields: Option<String>,
}

impl AuthorizationDetailsElement {
    /// Makes an element of the given type.
    #[must_use]
    pub fn of_type(value: impl Into<String>) -> Self {
        Self::new().type_(value)
    }
}

model!(AuthorizationDetailsElement {
    ;
    type_: String,
    locations: [String],
    actions: [String],
    data_types: [String],
    identifier: String,
    privileges: [String],
    other_fields: String,
});
