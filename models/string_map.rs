use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use super::table::{Fragment, Map, MapMut, Place, Value};

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

impl MapMut for StringMap {
    fn member(&mut self, name: Cow<'_, str>) -> Option<Place<'_>> {
        Some(self.0.entry(name.into_owned()).or_default().place())
    }
}

impl Map for StringMap {
    fn each(&self, visit: &mut dyn FnMut(&str, Fragment<'_>)) {
        for (name, value) in &self.0 {
            visit(name, value.fragment());
        }
    }
}

impl Value for StringMap {
    fn blank() -> Self {
        Self::default()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Map(self)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Map(self)
    }
}

serde_by_table! { StringMap }
