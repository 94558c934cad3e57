//! A value that is not accepted.

use std::borrow::Cow;
use std::fmt;

/// A value that was refused: which one and why, never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    what: Cow<'static, str>,
    why: &'static str,
}

impl InvalidValue {
    pub(crate) const fn new(what: &'static str, why: &'static str) -> Self {
        Self { what: Cow::Borrowed(what), why }
    }

    /// For a member that only the caller knows.
    pub(crate) fn unknown_member(name: &str) -> Self {
        Self { what: Cow::Owned(name.to_owned()), why: "is unknown to this version: send it as JSON" }
    }

    /// The name of the value: a setting, a path value's wire name, a member.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.what, self.why)
    }
}

impl std::error::Error for InvalidValue {}
