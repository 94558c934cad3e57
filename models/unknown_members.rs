use std::borrow::Cow;

use super::RawJson;
use super::table::{Access, Fragment, Map, MapMut, Place, Value};

/// Members of an object that this version of the crate does not know.
///
/// Models that are read, changed and sent back keep them, in their order, so that a setting which is newer than this crate
/// is not deleted by an update. A member that has the name of one of the model's fields is not sent: set the field.
///
/// ```
/// use authlete::models::UnknownMembers;
///
/// # fn main() -> Result<(), authlete::JsonError> {
/// let mut members = UnknownMembers::new();
/// members.insert("newSetting", "[1, 2]".parse()?);
/// assert_eq!(members.get("newSetting").map(|value| value.as_str()), Some("[1, 2]"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnknownMembers(Vec<(String, RawJson)>);

impl UnknownMembers {
    /// Makes an empty set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of the member of this name. Of several the last counts.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawJson> {
        self.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Sets a member, in place of the one of this name or behind all others.
    pub fn insert(&mut self, name: impl Into<String>, value: RawJson) {
        let name = name.into();
        match self.0.iter_mut().rev().find(|(known, _)| *known == name) {
            Some(member) => member.1 = value,
            None => self.0.push((name, value)),
        }
    }

    /// Removes the members of this name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// The members in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &RawJson)> + ExactSizeIterator {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// As [`FieldsMut::access`](super::table::FieldsMut::access) for the member past all fields.
    pub(crate) fn access(&mut self, access: Access) -> Option<Place<'_>> {
        if access == Access::Clear {
            self.0 = Vec::new();
            return None;
        }
        Some(self.place())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl MapMut for UnknownMembers {
    fn member(&mut self, name: Cow<'_, str>) -> Option<Place<'_>> {
        self.0.push((name.into_owned(), RawJson::blank()));
        self.0.last_mut().map(|(_, value)| value.place())
    }
}

impl Map for UnknownMembers {
    fn each(&self, visit: &mut dyn FnMut(&str, Fragment<'_>)) {
        for (name, value) in &self.0 {
            visit(name, value.fragment());
        }
    }
}

impl Value for UnknownMembers {
    fn blank() -> Self {
        Self::new()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Map(self)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Map(self)
    }
}
