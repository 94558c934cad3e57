use serde::{Deserialize, Serialize};

use super::{Pair, TaggedValue};

/// A scope, with what is said about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Scope {
    /// Its name (RFC 6749 section 3.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether a request that names no scope gets this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_entry: Option<bool>,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Descriptions in several languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descriptions: Option<Vec<TaggedValue>>,
    /// Extra attributes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Pair>>,
}

model!(Scope {
    ;
    name: String,
    default_entry: bool,
    description: String,
    descriptions: [TaggedValue],
    attributes: [Pair],
});
