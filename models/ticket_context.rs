use serde_json::Value as Json;

use super::table::{Fragment, Place, Value};
use super::{AuthorizationTicketInfo, RawJson, Secret};

/// What to store with a ticket: a text, or an object with it.
///
/// The API description has a text, and a string becomes that. Authlete's Java library sends an [`AuthorizationTicketInfo`] instead;
/// no server was seen that takes the object, so it is unverified. `Debug` shows neither.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketContext(RawJson);

impl TicketContext {
    fn of(json: &Json) -> Self {
        Self(RawJson::checked(json.to_string()))
    }

    /// The JSON that is sent.
    #[must_use]
    pub fn as_raw(&self) -> &RawJson {
        &self.0
    }
}

impl From<&str> for TicketContext {
    fn from(text: &str) -> Self {
        Self::of(&text.into())
    }
}

impl From<String> for TicketContext {
    fn from(text: String) -> Self {
        Self::of(&text.into())
    }
}

impl From<Secret> for TicketContext {
    fn from(text: Secret) -> Self {
        Self::from(text.expose())
    }
}

impl From<AuthorizationTicketInfo> for TicketContext {
    fn from(object: AuthorizationTicketInfo) -> Self {
        let context = object.context.as_ref().map(|context| ("context".to_owned(), context.expose().into()));
        Self::of(&Json::Object(context.into_iter().collect()))
    }
}

impl Value for TicketContext {
    fn blank() -> Self {
        Self(RawJson::blank())
    }

    fn place(&mut self) -> Place<'_> {
        self.0.place()
    }

    fn fragment(&self) -> Fragment<'_> {
        self.0.fragment()
    }
}

serde_by_table! { TicketContext }
