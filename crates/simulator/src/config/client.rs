//! A client of a service.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use crate::json::Members;

/// A client of a service: its number, its alias, and whatever else the API's `client` has, as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Client {
    /// The number.
    pub client_id: i64,
    /// The other name that `clientIdentifier` may give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id_alias: Option<String>,
    /// The other members of the API's `client`, by their names there, such as `redirectUris`.
    #[serde(flatten)]
    pub members: Map<String, Value>,
}

impl Client {
    /// A client without an alias.
    pub fn new(client_id: i64) -> Self {
        Self { client_id, client_id_alias: None, members: Map::new() }
    }

    /// A confidential client that authenticates with HTTP Basic.
    pub fn confidential(client_id: i64, secret: impl Into<String>) -> Self {
        Self::new(client_id)
            .member("clientType", "CONFIDENTIAL")
            .member("clientSecret", secret.into())
            .member("tokenAuthMethod", "CLIENT_SECRET_BASIC")
    }

    /// A public client, which has no secret.
    pub fn public(client_id: i64) -> Self {
        Self::new(client_id).member("clientType", "PUBLIC").member("tokenAuthMethod", "NONE")
    }

    /// Gives it an alias.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.client_id_alias = Some(alias.into());
        self
    }

    /// Registers a redirect URI.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        match self.members.get_mut("redirectUris").and_then(Value::as_array_mut) {
            Some(uris) => uris.push(json!(uri.into())),
            None => return self.member("redirectUris", json!([uri.into()])),
        }
        self
    }

    /// Sets a member of the API's `client`.
    pub fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }
}

impl<'de> Deserialize<'de> for Client {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Form {
            client_id: i64,
            client_id_alias: Option<String>,
        }

        let Members(mut members) = Members::deserialize(deserializer)?;
        let known = ["clientId", "clientIdAlias"];
        let own: Map<_, _> = known.iter().filter_map(|name| members.remove_entry(*name)).collect();
        let Form { client_id, client_id_alias } =
            serde_json::from_value(Value::Object(own)).map_err(serde::de::Error::custom)?;
        Ok(Self { client_id, client_id_alias, members })
    }
}
