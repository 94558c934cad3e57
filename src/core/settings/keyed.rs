//! Settings that are read key by key.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, Visitor};

/// Settings that have a default, and keys that change it.
pub(crate) trait Keyed: Default {
    /// What they are, for messages.
    const WHAT: &str;
    /// The keys, at most 64.
    const KEYS: &'static [&'static str];

    /// Reads the value of one of the keys.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Reads settings from a map. A key that is not known, or stands there twice, is an error.
pub(crate) struct KeyedVisitor<T>(PhantomData<T>);

impl<T> KeyedVisitor<T> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

impl<'de, T: Keyed> Visitor<'de> for KeyedVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a map of {}", T::WHAT)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut settings = T::default();
        let mut seen = 0_u64;
        while let Some(key) = map.next_key::<String>()? {
            let Some(index) = T::KEYS.iter().position(|known| *known == key) else {
                return Err(A::Error::unknown_field(&key, T::KEYS));
            };
            if seen >> index & 1 == 1 {
                return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
            }
            seen |= 1 << index;
            settings.read(&key, &mut map)?;
        }
        Ok(settings)
    }
}

/// Writes how settings are read: each key with what it sets.
macro_rules! keyed {
    ($name:ty, $what:literal, |$settings:ident, $map:ident| {
        $($(#[$meta:meta])* $key:literal => $read:expr,)+
    }) => {
        impl crate::core::settings::Keyed for $name {
            const WHAT: &str = $what;
            const KEYS: &'static [&'static str] = &[$($(#[$meta])* $key),+];

            fn read<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                $map: &mut A,
            ) -> Result<(), A::Error> {
                let $settings = self;
                match key {
                    $($(#[$meta])* $key => $read,)+
                    _ => {}
                }
                Ok(())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map(crate::core::settings::KeyedVisitor::<Self>::NEW)
            }
        }
    };
}

pub(crate) use keyed;
