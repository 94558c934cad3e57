//! What a service's or a client's JSON says.

use serde_json::{Map, Value};

use super::jose::KeySet;

/// Who issues, as long as a service says nothing else.
const ISSUER: &str = "https://authlete.com";

/// The members of the API's `service` or `client`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a>(pub(crate) &'a Map<String, Value>);

impl<'a> Settings<'a> {
    pub(crate) fn flag(self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// A number of seconds, if it is positive.
    pub(crate) fn seconds(self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64().filter(|seconds| *seconds > 0)
    }

    /// The strings of a list; `None` if the list is not there.
    pub(crate) fn list(self, name: &str) -> Option<impl Iterator<Item = &'a str>> {
        Some(self.0.get(name)?.as_array()?.iter().filter_map(Value::as_str))
    }

    /// Whether a list has a value, or is not there.
    pub(crate) fn allows(self, name: &str, value: &str) -> bool {
        self.list(name).is_none_or(|mut list| list.any(|own| own == value))
    }

    pub(crate) fn issuer(self) -> &'a str {
        self.text("issuer").unwrap_or(ISSUER)
    }

    /// The service's keys, or the published ones if it has none.
    pub(crate) fn keys(self) -> KeySet {
        self.text("jwks").and_then(KeySet::parse).unwrap_or_else(super::jose::fixture_key_set)
    }
}
