//! `name=value` pairs: queries, and bodies of the type `application/x-www-form-urlencoded`.

use std::borrow::Cow;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};

pub(crate) use crate::protocol::parameters::is_well_encoded;

/// Reads pairs into a type with a member for each name. A list is separated by spaces, a name that
/// stands twice is an error, and what has members of its own cannot be told in a pair.
pub(crate) fn from_pairs<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    T::deserialize(pairs(text)?)
}

/// What [`from_pairs`] reads from.
pub(crate) fn pairs(text: &str) -> Result<impl Deserializer<'_, Error = Error>, Error> {
    if !is_well_encoded(text) {
        return Err(Error::custom("a percent sign does not begin an escape, or the text is not UTF-8"));
    }
    let pairs = form_urlencoded::parse(text.as_bytes()).map(|(name, value)| (name, FormValue(value)));
    Ok(MapDeserializer::new(pairs))
}

/// A value, which the type that is wanted interprets.
struct FormValue<'a>(Cow<'a, str>);

impl<'de> IntoDeserializer<'de> for FormValue<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads the text as what its `FromStr` makes of it.
macro_rules! parsed {
    ($($method:ident => $visit:ident),* $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(Error::custom("the text does not have the expected form")),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for FormValue<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(&self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let items = self.0.split(' ').filter(|item| !item.is_empty());
        visitor.visit_seq(SeqDeserializer::new(items.map(|item| FormValue(Cow::Borrowed(item)))))
    }

    parsed! {
        deserialize_bool => visit_bool,
        deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64,
        deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64,
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Default)]
    #[serde(default)]
    struct Wanted {
        text: Option<String>,
        list: Option<Vec<String>>,
        number: Option<i64>,
        flag: Option<bool>,
        object: Option<Vec<std::collections::BTreeMap<String, String>>>,
    }

    #[test]
    fn a_pair_is_read_as_what_its_member_is() {
        let read = from_pairs::<Wanted>("text=a+b%2Fc&list=+x++y&number=-5&flag=true&other=1");
        let list = Some(vec!["x".to_owned(), "y".to_owned()]);
        let wanted =
            Wanted { text: Some("a b/c".to_owned()), list, number: Some(-5), flag: Some(true), object: None };
        assert_eq!(read, Ok(wanted));
        assert_eq!(from_pairs::<Wanted>(""), Ok(Wanted::default()));
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for text in [
            "number=x",
            "number=",
            "flag=yes",
            "flag",
            "text=a&text=b",
            "text=%zz",
            "text=%",
            "text=%ff",
            "object=x",
        ] {
            assert!(from_pairs::<Wanted>(text).is_err(), "{text}");
        }
    }
}
