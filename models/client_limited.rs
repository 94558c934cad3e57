use serde::{Deserialize, Serialize};

use super::{ClientType, TaggedValue};

/// The main attributes of a client.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ClientLimited {
    /// Its sequential number, which Authlete assigns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Its name (RFC 7591 section 2, `client_name`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// Its name in several languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_names: Option<Vec<TaggedValue>>,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Descriptions in several languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descriptions: Option<Vec<TaggedValue>>,
    /// Its numeric ID, which Authlete assigns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<i64>,
    /// Its alias: what it may use as `client_id` (RFC 6749 section 2.2). The numeric ID unless set otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id_alias: Option<String>,
    /// Whether the alias counts. Servers of today always say `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id_alias_enabled: Option<bool>,
    /// Whether it can keep a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_type: Option<ClientType>,
}

model!(ClientLimited {
    ;
    number: i64,
    client_name: String,
    client_names: [TaggedValue],
    description: String,
    descriptions: [TaggedValue],
    client_id: i64,
    client_id_alias: String,
    client_id_alias_enabled: bool,
    client_type: ClientType,
});
