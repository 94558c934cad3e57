//! A length of time as a text with its unit.

use std::fmt;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A length of time that is read from a text such as `"500ms"`.
pub(crate) struct WithUnit(pub(crate) Duration);

impl<'de> Deserialize<'de> for WithUnit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(WithUnitVisitor)
    }
}

struct WithUnitVisitor;

impl Visitor<'_> for WithUnitVisitor {
    type Value = WithUnit;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WithUnit, E> {
        parse(text).map(WithUnit).ok_or_else(|| E::custom(format_args!("not {EXPECTED}")))
    }
}

const EXPECTED: &str = "a whole number with the unit ms, s, m or h, such as \"500ms\" or \"10s\"";

/// A whole number and its unit, perhaps with a space between them.
fn parse(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit())?);
    let number: u64 = number.parse().ok()?;
    match unit.strip_prefix(' ').unwrap_or(unit) {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        "h" => number.checked_mul(3_600).map(Duration::from_secs),
        _ => None,
    }
}
