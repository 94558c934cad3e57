//! What stands deep in a record, read as strictly as the record itself.
//!
//! The SDK's models pass over members they do not know, because a server may say more than they expect. If an input says
//! more than they hold, that would be lost on the way.

use std::fmt;
use std::marker::PhantomData;

use authlete::models::{AuthorizationDetailsElement, AuthzDetails, Property};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

/// An extra property of a token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extra {
    key: String,
    value: String,
    hidden: Option<bool>,
}

impl Extra {
    pub(super) fn texts(&self) -> [&str; 2] {
        [&self.key, &self.value]
    }
}

impl From<Extra> for Property {
    fn from(extra: Extra) -> Self {
        let mut property = Self::new().key(extra.key).value(extra.value);
        property.hidden = extra.hidden;
        property
    }
}

/// Authorization details (RFC 9396), in an object as the API wants them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Details {
    pub(crate) elements: Vec<Object<Element>>,
}

impl From<Details> for AuthzDetails {
    fn from(details: Details) -> Self {
        Self::new().elements(details.elements.into_iter().map(|element| element.0))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Element {
    pub(crate) r#type: Option<String>,
    locations: Option<Vec<String>>,
    actions: Option<Vec<String>>,
    data_types: Option<Vec<String>>,
    identifier: Option<String>,
    privileges: Option<Vec<String>>,
    other_fields: Option<String>,
}

impl From<Element> for AuthorizationDetailsElement {
    fn from(element: Element) -> Self {
        let mut to = Self::new();
        to.type_ = element.r#type;
        to.locations = element.locations;
        to.actions = element.actions;
        to.data_types = element.data_types;
        to.identifier = element.identifier;
        to.privileges = element.privileges;
        to.other_fields = element.other_fields;
        to
    }
}

/// Something read from an object alone: serde would take an array for it, its elements for the members.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Visit<T> {
            type Value = T;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members))
            }
        }

        deserializer.deserialize_map(Visit(PhantomData)).map(Self)
    }
}
