//! Retries, as data.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::duration::WithUnit;
use super::keyed::keyed;
use crate::core::{Backoff, RetryConfig};

keyed! { Backoff, "settings of a backoff", |backoff, map| {
    "initial_interval" => backoff.initial_interval = map.next_value::<WithUnit>()?.0,
    "max_interval" => backoff.max_interval = map.next_value::<WithUnit>()?.0,
    "exponent" => backoff.exponent = map.next_value()?,
    "max_elapsed_time" => backoff.max_elapsed_time = map.next_value::<WithUnit>()?.0,
    "retry_connection_errors" => backoff.retry_connection_errors = map.next_value()?,
    "max_attempts" => backoff.max_attempts = map.next_value()?,
} }

impl<'de> Deserialize<'de> for RetryConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RetryVisitor)
    }
}

struct RetryVisitor;

impl<'de> Visitor<'de> for RetryVisitor {
    type Value = RetryConfig;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"none\", \"backoff\", or a map of settings of a backoff")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<RetryConfig, E> {
        match text {
            "none" => Ok(RetryConfig::None),
            "backoff" => Ok(RetryConfig::backoff()),
            _ => Err(E::unknown_variant(text, &["none", "backoff"])),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RetryConfig, A::Error> {
        Backoff::deserialize(MapAccessDeserializer::new(map)).map(RetryConfig::Backoff)
    }
}
