//! serde for everything on the wire, over tables: generic over the format, never over the model.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::names::{Finder, Name, Names};
use super::raw_json::{RawJson, RawText};
use super::table::{Fill, List, Map, Members, Part, Show, Slot, UNKNOWN, Value};

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Part::Int(value) => serializer.serialize_i64(value),
            Part::Flag(value) => serializer.serialize_bool(value),
            Part::Text(value) => serializer.serialize_str(value),
            Part::Raw(value) => RawText(value).serialize(serializer),
            Part::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.count()))?;
                for part in (0..).map_while(|index| items.item(index)) {
                    list.serialize_element(&part)?;
                }
                list.end()
            }
            Part::Map(members) => {
                let mut map = serializer.serialize_map(Some(count(members)))?;
                serialize_members(&mut map, members, |_| true)?;
                map.end()
            }
            Part::Object(names, model) => object(names, model, serializer),
        }
    }
}

fn object<S: Serializer>(names: Names, model: &dyn Show, serializer: S) -> Result<S::Ok, S::Error> {
    let fields = || names.iter().filter_map(|name| Some((name, model.part(name.index)?)));
    let unknown = match model.part(UNKNOWN) {
        Some(Part::Map(members)) => Some(members),
        _ => None,
    };
    let mut extra = 0;
    if let Some(members) = unknown {
        members.each(&mut |name, _| extra += usize::from(!names.has(name)));
    }
    let mut map = serializer.serialize_map(Some(fields().count() + extra))?;
    for (name, part) in fields() {
        map.serialize_key(name.bare())?;
        if name.index < names.required() {
            map.serialize_value(&part)?;
        } else {
            map.serialize_value(&Some(part))?;
        }
    }
    if let Some(members) = unknown {
        serialize_members(&mut map, members, |name| !names.has(name))?;
    }
    map.end()
}

fn count(members: &dyn Members) -> usize {
    let mut count = 0;
    members.each(&mut |_, _| count += 1);
    count
}

fn serialize_members<M: SerializeMap>(
    map: &mut M,
    members: &dyn Members,
    is_meant: impl Fn(&str) -> bool,
) -> Result<(), M::Error> {
    let mut result = Ok(());
    members.each(&mut |name, part| {
        if result.is_ok() && is_meant(name) {
            result = map.serialize_entry(name, &part);
        }
    });
    result
}

pub(crate) fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    value.slot().deserialize(deserializer)?;
    Ok(value)
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self {
            Slot::Int(_) => deserializer.deserialize_i64(self),
            Slot::Flag(_) => deserializer.deserialize_bool(self),
            Slot::Text(_) | Slot::Choice(_) => deserializer.deserialize_string(self),
            Slot::Raw(text) => {
                let raw: RawJson = serde::Deserialize::deserialize(deserializer)?;
                text.set(Cow::Owned(raw.into()));
                Ok(())
            }
            Slot::List(_) | Slot::Choices(_) => deserializer.deserialize_seq(self),
            Slot::Map(_) | Slot::Object(..) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Slot<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Slot::Int(_) => "an integer of 64 bits",
            Slot::Flag(_) => "a boolean",
            Slot::Text(_) | Slot::Choice(_) => "a string",
            Slot::Raw(_) => "a value",
            Slot::List(_) | Slot::Choices(_) => "an array",
            Slot::Map(_) | Slot::Object(..) => "an object",
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self {
            Slot::Flag(flag) => *flag = value,
            _ => return Err(E::invalid_type(Unexpected::Bool(value), &self)),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        match self {
            Slot::Int(int) => *int = value,
            _ => return Err(E::invalid_type(Unexpected::Signed(value), &self)),
        }
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        /// From here on a double may stand for another integer than was written.
        const INEXACT: f64 = 9_007_199_254_740_992.0;
        if value.trunc() == value && value.abs() < INEXACT {
            self.visit_i64(value as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        match self {
            Slot::Text(text) => text.set(value.into()),
            Slot::Choice(choice) => choice.choose(Some(value)),
            _ => return Err(E::invalid_type(Unexpected::Str(value), &self)),
        }
        Ok(())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        match self {
            Slot::Text(text) => text.set(value.into()),
            Slot::Choice(choice) => choice.choose(Some(&value)),
            _ => return Err(E::invalid_type(Unexpected::Str(&value), &self)),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        match self {
            Slot::List(list) => while access.next_element_seed(Next(list))?.is_some() {},
            Slot::Choices(list) => {
                while let Some(text) = access.next_element::<String>()? {
                    list.add(&text, &mut at_ease);
                }
            }
            _ => return Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        match self {
            Slot::Object(names, model) => visit_object(names, model, access),
            Slot::Map(map) => {
                while let Some(name) = access.next_key::<String>()? {
                    member(map, name, &mut access)?;
                }
                Ok(())
            }
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

fn visit_object<'de, A: MapAccess<'de>>(
    names: Names,
    model: &mut dyn Fill,
    mut access: A,
) -> Result<(), A::Error> {
    let mut finder = Finder::new(names);
    let mut seen = [0_u64; 4];
    while let Some(key) = access.next_key_seed(KeyOf(&mut finder))? {
        if let Key::Field(name) = key {
            // On the wire the last one counts. Where people write, two are a mistake.
            match seen.get_mut(name.index / 64) {
                Some(word) if *word >> (name.index % 64) & 1 == 0 => *word |= 1 << (name.index % 64),
                _ => return Err(A::Error::duplicate_field(name.bare())),
            }
        }
        match key {
            Key::Field(name) if finder.is_required(name) => access.next_value_seed(At(model, name.index))?,
            Key::Field(name) => access.next_value_seed(Maybe(At(model, name.index)))?,
            Key::Unknown(name) => match model.slot(UNKNOWN, false) {
                Some(Slot::Map(map)) => member(map, name, &mut access)?,
                _ => _ = access.next_value::<IgnoredAny>()?,
            },
        }
    }
    match finder.missing() {
        Some(name) => Err(A::Error::missing_field(name.bare())),
        None => Ok(()),
    }
}

fn member<'de, A: MapAccess<'de>>(map: &mut dyn Map, name: String, access: &mut A) -> Result<(), A::Error> {
    match map.member(name.into()) {
        Some(slot) => access.next_value_seed(slot),
        None => access.next_value::<IgnoredAny>().map(drop),
    }
}

/// Lets a list grow as lists do.
fn at_ease(count: usize, _: usize) -> Option<usize> {
    Some(count.max(4))
}

/// An element of a list.
struct Next<'a>(&'a mut dyn List);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.next(&mut at_ease) {
            Some(slot) => slot.deserialize(deserializer),
            None => Ok(()),
        }
    }
}

/// A field.
struct At<'a>(&'a mut dyn Fill, usize);

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.slot(self.1, false) {
            Some(slot) => slot.deserialize(deserializer),
            None => Ok(()),
        }
    }
}

/// A field that may be null.
struct Maybe<'a>(At<'a>);

impl<'de> DeserializeSeed<'de> for Maybe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Maybe<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        if let Some(Slot::Choice(choice)) = self.0.0.slot(self.0.1, true) {
            choice.choose(None);
        }
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.deserialize(deserializer)
    }
}

/// What a name stands for.
enum Key {
    Field(Name),
    Unknown(String),
}

struct KeyOf<'a>(&'a mut Finder);

impl<'de> DeserializeSeed<'de> for KeyOf<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for KeyOf<'_> {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Key, E> {
        Ok(self.0.find(value).map_or_else(|| Key::Unknown(value.to_owned()), Key::Field))
    }
}
