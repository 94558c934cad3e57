use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use super::table::{Map, Members, Part, Slot, Value};

/// Strings by name, where the API leaves the names open.
///
/// It is a `BTreeMap` in all but its serialisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringMap(BTreeMap<String, String>);

impl Deref for StringMap {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for StringMap {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl From<BTreeMap<String, String>> for StringMap {
    fn from(map: BTreeMap<String, String>) -> Self {
        Self(map)
    }
}

impl From<StringMap> for BTreeMap<String, String> {
    fn from(map: StringMap) -> Self {
        map.0
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for StringMap {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self(members.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl Map for StringMap {
    fn member(&mut self, name: Cow<'_, str>) -> Option<Slot<'_>> {
        Some(self.0.entry(name.into_owned()).or_default().slot())
    }
}

impl Members for StringMap {
    fn each(&self, visit: &mut dyn FnMut(&str, Part<'_>)) {
        for (name, value) in &self.0 {
            visit(name, value.part());
        }
    }
}

impl Value for StringMap {
    fn blank() -> Self {
        Self::default()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn part(&self) -> Part<'_> {
        Part::Map(self)
    }
}

serde_by_table! { StringMap }
