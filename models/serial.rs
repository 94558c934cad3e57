//! serde for everything on the wire, over tables: generic over the format, never over the model.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::raw_json::{RawJson, RawText};
use super::schema::{FieldName, Finder, Schema};
use super::table::{Fields, FieldsMut, Fragment, Map, MapMut, Place, SeqMut, UNKNOWN, Value};

impl Serialize for Fragment<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Fragment::Int(value) => serializer.serialize_i64(value),
            Fragment::Flag(value) => serializer.serialize_bool(value),
            Fragment::Text(value) => serializer.serialize_str(value),
            Fragment::Raw(value) => RawText(value).serialize(serializer),
            Fragment::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.count()))?;
                for fragment in (0..).map_while(|index| items.item(index)) {
                    list.serialize_element(&fragment)?;
                }
                list.end()
            }
            Fragment::Map(members) => {
                let mut map = serializer.serialize_map(Some(count(members)))?;
                serialize_members(&mut map, members, |_| true)?;
                map.end()
            }
            Fragment::Object(schema, model) => object(schema, model, serializer),
        }
    }
}

fn object<S: Serializer>(schema: Schema, model: &dyn Fields, serializer: S) -> Result<S::Ok, S::Error> {
    let fields = || schema.iter().filter_map(|name| Some((name, model.fragment(name.index)?)));
    let unknown = match model.fragment(UNKNOWN) {
        Some(Fragment::Map(members)) => Some(members),
        _ => None,
    };
    let mut extra = 0;
    if let Some(members) = unknown {
        members.each(&mut |name, _| extra += usize::from(!schema.has(name)));
    }
    let mut map = serializer.serialize_map(Some(fields().count() + extra))?;
    for (name, fragment) in fields() {
        map.serialize_key(name.bare())?;
        if name.index < schema.required() {
            map.serialize_value(&fragment)?;
        } else {
            map.serialize_value(&Some(fragment))?;
        }
    }
    if let Some(members) = unknown {
        serialize_members(&mut map, members, |name| !schema.has(name))?;
    }
    map.end()
}

fn count(members: &dyn Map) -> usize {
    let mut count = 0;
    members.each(&mut |_, _| count += 1);
    count
}

fn serialize_members<M: SerializeMap>(
    map: &mut M,
    members: &dyn Map,
    is_meant: impl Fn(&str) -> bool,
) -> Result<(), M::Error> {
    let mut result = Ok(());
    members.each(&mut |name, fragment| {
        if result.is_ok() && is_meant(name) {
            result = map.serialize_entry(name, &fragment);
        }
    });
    result
}

pub(crate) fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    value.place().deserialize(deserializer)?;
    Ok(value)
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self {
            Place::Int(_) => deserializer.deserialize_i64(self),
            Place::Flag(_) => deserializer.deserialize_bool(self),
            Place::Text(_) | Place::Choice(_) => deserializer.deserialize_string(self),
            Place::Raw(text) => {
                let raw: RawJson = serde::Deserialize::deserialize(deserializer)?;
                text.set(Cow::Owned(raw.into()));
                Ok(())
            }
            Place::List(_) | Place::Choices(_) => deserializer.deserialize_seq(self),
            Place::Map(_) | Place::Object(..) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Place::Int(_) => "an integer of 64 bits",
            Place::Flag(_) => "a boolean",
            Place::Text(_) | Place::Choice(_) => "a string",
            Place::Raw(_) => "a value",
            Place::List(_) | Place::Choices(_) => "an array",
            Place::Map(_) | Place::Object(..) => "an object",
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self {
            Place::Flag(flag) => *flag = value,
            _ => return Err(E::invalid_type(Unexpected::Bool(value), &self)),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        match self {
            Place::Int(int) => *int = value,
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
            Place::Text(text) => text.set(value.into()),
            Place::Choice(choice) => choice.choose(Some(value)),
            _ => return Err(E::invalid_type(Unexpected::Str(value), &self)),
        }
        Ok(())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        match self {
            Place::Text(text) => text.set(value.into()),
            Place::Choice(choice) => choice.choose(Some(&value)),
            _ => return Err(E::invalid_type(Unexpected::Str(&value), &self)),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        match self {
            Place::List(list) => while access.next_element_seed(ItemSeed(list))?.is_some() {},
            Place::Choices(list) => {
                while let Some(text) = access.next_element::<String>()? {
                    list.add(&text, &mut doubling);
                }
            }
            _ => return Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        match self {
            Place::Object(schema, model) => visit_object(schema, model, access),
            Place::Map(map) => {
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
    schema: Schema,
    model: &mut dyn FieldsMut,
    mut access: A,
) -> Result<(), A::Error> {
    let mut finder = Finder::new(schema);
    let mut seen = [0_u64; 4];
    while let Some(key) = access.next_key_seed(KeySeed(&mut finder))? {
        if let MemberKey::Field(name) = key {
            // On the wire the last one counts. Where people write, two are a mistake.
            match seen.get_mut(name.index / 64) {
                Some(word) if *word >> (name.index % 64) & 1 == 0 => *word |= 1 << (name.index % 64),
                _ => return Err(A::Error::duplicate_field(name.bare())),
            }
        }
        match key {
            MemberKey::Field(name) if finder.is_required(name) => {
                access.next_value_seed(FieldSeed(model, name.index))?
            }
            MemberKey::Field(name) => {
                access.next_value_seed(OptionalFieldSeed(FieldSeed(model, name.index)))?
            }
            MemberKey::Unknown(name) => match model.place(UNKNOWN) {
                Some(Place::Map(map)) => member(map, name, &mut access)?,
                _ => _ = access.next_value::<IgnoredAny>()?,
            },
        }
    }
    match finder.missing() {
        Some(name) => Err(A::Error::missing_field(name.bare())),
        None => Ok(()),
    }
}

fn member<'de, A: MapAccess<'de>>(
    map: &mut dyn MapMut,
    name: String,
    access: &mut A,
) -> Result<(), A::Error> {
    match map.member(name.into()) {
        Some(place) => access.next_value_seed(place),
        None => access.next_value::<IgnoredAny>().map(drop),
    }
}

/// Growth as `Vec` has it, by doubling.
fn doubling(count: usize, _: usize) -> Option<usize> {
    Some(count.max(4))
}

/// An element of a list.
struct ItemSeed<'a>(&'a mut dyn SeqMut);

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.next(&mut doubling) {
            Some(place) => place.deserialize(deserializer),
            None => Ok(()),
        }
    }
}

/// A field.
struct FieldSeed<'a>(&'a mut dyn FieldsMut, usize);

impl<'de> DeserializeSeed<'de> for FieldSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.place(self.1) {
            Some(place) => place.deserialize(deserializer),
            None => Ok(()),
        }
    }
}

/// An optional field, which may be null.
struct OptionalFieldSeed<'a>(FieldSeed<'a>);

impl<'de> DeserializeSeed<'de> for OptionalFieldSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for OptionalFieldSeed<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.0.0.clear(self.0.1);
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.deserialize(deserializer)
    }
}

/// What the name of a member stands for.
enum MemberKey {
    Field(FieldName),
    Unknown(String),
}

struct KeySeed<'a>(&'a mut Finder);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = MemberKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<MemberKey, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = MemberKey;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<MemberKey, E> {
        Ok(self.0.find(value).map_or_else(|| MemberKey::Unknown(value.to_owned()), MemberKey::Field))
    }
}
