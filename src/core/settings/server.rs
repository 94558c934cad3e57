//! A shared cluster, as a text.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::core::Server;
use crate::error::InvalidValue;

impl FromStr for Server {
    type Err = InvalidValue;

    /// Reads `us`, `jp`, `eu` or `br`, in upper or lower case.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let names = [("us", Self::Us), ("jp", Self::Jp), ("eu", Self::Eu), ("br", Self::Br)];
        let found = names.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        found.map(|(_, server)| server).ok_or(InvalidValue::new("server", "is none of us, jp, eu and br"))
    }
}

impl<'de> Deserialize<'de> for Server {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ServerVisitor)
    }
}

struct ServerVisitor;

impl Visitor<'_> for ServerVisitor {
    type Value = Server;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("us, jp, eu or br")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Server, E> {
        text.parse().map_err(E::custom)
    }
}
