//! What creating, updating and reading does to the JSON of a service or a client.

use serde_json::{Map, Value, json};

use crate::config::{Client, UpdateSemantics};

/// Members of a service that only the server sets.
const SERVICE_OWN: &[&str] =
    &["number", "apiKey", "apiSecret", "serviceOwnerNumber", "createdAt", "modifiedAt"];

/// Members of a client that only the server sets. The lock has an operation of its own, and an update that says
/// nothing of it leaves it.
const CLIENT_OWN: &[&str] = &[
    "number",
    "serviceNumber",
    "clientId",
    "clientSecret",
    "dynamicallyRegistered",
    "createdAt",
    "modifiedAt",
    "derivedSectorIdentifier",
];

/// The names that one of the two has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    Service,
    Client,
}

impl Subject {
    fn own(self) -> &'static [&'static str] {
        match self {
            Self::Service => SERVICE_OWN,
            Self::Client => CLIENT_OWN,
        }
    }
}

/// What a create request sets.
pub(crate) fn created(subject: Subject, mut request: Map<String, Value>, now: i64) -> Map<String, Value> {
    request.retain(|name, _| !subject.own().contains(&name.as_str()));
    request.insert("createdAt".to_owned(), now.into());
    request.insert("modifiedAt".to_owned(), now.into());
    request
}

/// Changes what is there as an update request says.
pub(crate) fn update(
    subject: Subject,
    semantics: UpdateSemantics,
    members: &mut Map<String, Value>,
    request: Map<String, Value>,
    now: i64,
) {
    let is_own = |name: &str| subject.own().contains(&name);
    if semantics == UpdateSemantics::ReplaceWithDefaults {
        members.retain(|name, _| is_own(name) || name == "locked");
    }
    members.extend(request.into_iter().filter(|(name, _)| !is_own(name)));
    members.insert("modifiedAt".to_owned(), now.into());
}

/// A service as it is shown.
pub(crate) fn shown_service(id: &str, members: &Map<String, Value>) -> Map<String, Value> {
    let mut shown = members.clone();
    if let Ok(number) = id.parse::<i64>() {
        shown.insert("number".to_owned(), number.into());
        shown.insert("apiKey".to_owned(), number.into());
    }
    shown
}

/// A client as it is shown.
pub(crate) fn shown_client(service_id: &str, client: &Client) -> Map<String, Value> {
    let mut shown = client.members.clone();
    shown.insert("number".to_owned(), client.client_id.into());
    shown.insert("clientId".to_owned(), client.client_id.into());
    if let Ok(number) = service_id.parse::<i64>() {
        shown.insert("serviceNumber".to_owned(), number.into());
    }
    if let Some(alias) = &client.client_id_alias {
        shown.insert("clientIdAlias".to_owned(), json!(alias));
    }
    shown
}

/// Whether a text can be a client's secret: up to 86 letters, digits, hyphens and underscores.
pub(crate) fn is_client_secret(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=86).contains(&text.len()) && text.bytes().all(fits)
}

/// The scopes that a client may ask for, if it is restricted.
pub(crate) fn requestable_scopes(members: &Map<String, Value>) -> Option<&Value> {
    let extension = members.get("extension")?;
    let is_enabled = extension.get("requestableScopesEnabled").and_then(Value::as_bool) == Some(true);
    extension.get("requestableScopes").filter(|_| is_enabled)
}

/// Restricts the scopes that a client may ask for, or no longer.
pub(crate) fn set_requestable_scopes(members: &mut Map<String, Value>, scopes: Option<Vec<String>>) {
    let extension = members.entry("extension").or_insert_with(|| Value::Object(Map::new()));
    if !extension.is_object() {
        *extension = Value::Object(Map::new());
    }
    if let Value::Object(extension) = extension {
        extension.insert("requestableScopesEnabled".to_owned(), scopes.is_some().into());
        match scopes {
            Some(scopes) => extension.insert("requestableScopes".to_owned(), json!(scopes)),
            None => extension.remove("requestableScopes"),
        };
    }
}
