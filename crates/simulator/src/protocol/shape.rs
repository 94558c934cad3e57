//! Whether the JSON of a service or a client has the members of the API, with values of the right kinds.

use serde_json::{Map, Value};

use crate::config::UnknownMembers;

/// The names of an object's members, separated by spaces, by the kind of their values.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(super) texts: &'static str,
    pub(super) numbers: &'static str,
    pub(super) flags: &'static str,
    /// Lists of texts.
    pub(super) lists: &'static str,
    pub(super) objects: &'static [(&'static str, &'static Shape)],
    pub(super) object_lists: &'static [(&'static str, &'static Shape)],
}

/// What a member's value must be.
enum ValueKind {
    Text,
    Number,
    Flag,
    List,
    Object(&'static Shape),
    Objects(&'static Shape),
}

/// A member that cannot be, by its path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MemberFault {
    Unknown(String),
    WrongKind(String),
}

impl Shape {
    pub(super) const EMPTY: Self =
        Self { texts: "", numbers: "", flags: "", lists: "", objects: &[], object_lists: &[] };

    fn kind(&self, name: &str) -> Option<ValueKind> {
        let among = |names: &str| names.split_whitespace().any(|known| known == name);
        let inner = |shapes: &'static [(&'static str, &'static Shape)]| {
            shapes.iter().find(|(known, _)| *known == name).map(|(_, shape)| *shape)
        };
        match () {
            () if among(self.texts) => Some(ValueKind::Text),
            () if among(self.numbers) => Some(ValueKind::Number),
            () if among(self.flags) => Some(ValueKind::Flag),
            () if among(self.lists) => Some(ValueKind::List),
            () => inner(self.objects)
                .map(ValueKind::Object)
                .or_else(|| inner(self.object_lists).map(ValueKind::Objects)),
        }
    }

    /// The members that are kept: all that are not `null`, less those that are unknown and not to be kept.
    pub(crate) fn kept(
        &self,
        members: Map<String, Value>,
        unknown: UnknownMembers,
    ) -> Result<Map<String, Value>, MemberFault> {
        self.kept_at("", members, unknown)
    }

    fn kept_at(
        &self,
        outer: &str,
        members: Map<String, Value>,
        unknown: UnknownMembers,
    ) -> Result<Map<String, Value>, MemberFault> {
        let mut kept = Map::new();
        for (name, value) in members {
            let path = if outer.is_empty() { name.clone() } else { format!("{outer}.{name}") };
            if let Some(kind) = self.kind(&name) {
                if !value.is_null() {
                    kept.insert(name, kind.kept(path, value, unknown)?);
                }
                continue;
            }
            match unknown {
                UnknownMembers::Keep => {
                    kept.insert(name, value);
                }
                UnknownMembers::Discard => {}
                UnknownMembers::Refuse => return Err(MemberFault::Unknown(path)),
            }
        }
        Ok(kept)
    }

    /// A form's pairs as members: a list is its name, repeated with each value.
    pub(crate) fn form_members<'a>(
        &self,
        pairs: impl Iterator<Item = (impl AsRef<str> + 'a, impl Into<String>)>,
    ) -> Map<String, Value> {
        let mut members = Map::new();
        for (name, text) in pairs {
            let (name, text): (&str, String) = (name.as_ref(), text.into());
            let value = match self.kind(name) {
                Some(ValueKind::Number) => text.parse::<i64>().map_or(Value::String(text), Value::from),
                Some(ValueKind::Flag) => text.parse::<bool>().map_or(Value::String(text), Value::from),
                Some(ValueKind::List) => {
                    let list = members.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(list) = list {
                        list.push(Value::String(text));
                    }
                    continue;
                }
                _ => Value::String(text),
            };
            members.insert(name.to_owned(), value);
        }
        members
    }
}

impl ValueKind {
    fn kept(&self, path: String, value: Value, unknown: UnknownMembers) -> Result<Value, MemberFault> {
        match (self, value) {
            (Self::Text, value @ Value::String(_)) | (Self::Flag, value @ Value::Bool(_)) => Ok(value),
            (Self::Number, Value::Number(number)) if number.is_i64() => Ok(Value::Number(number)),
            (Self::List, Value::Array(list)) if list.iter().all(Value::is_string) => Ok(Value::Array(list)),
            (Self::Object(shape), Value::Object(members)) => {
                shape.kept_at(&path, members, unknown).map(Value::Object)
            }
            (Self::Objects(shape), Value::Array(list)) => {
                let mut kept = Vec::new();
                for (position, value) in list.into_iter().enumerate() {
                    let path = format!("{path}[{position}]");
                    let Value::Object(members) = value else {
                        return Err(MemberFault::WrongKind(path));
                    };
                    kept.push(Value::Object(shape.kept_at(&path, members, unknown)?));
                }
                Ok(Value::Array(kept))
            }
            _ => Err(MemberFault::WrongKind(path)),
        }
    }
}
