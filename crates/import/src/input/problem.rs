//! Why a record cannot be sent.

use std::borrow::Cow;
use std::fmt;

/// What is wrong with a record: the field and the rule, never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) field: &'static str,
    pub(crate) what: Cow<'static, str>,
}

impl Problem {
    pub(crate) const fn new(field: &'static str, what: &'static str) -> Self {
        Self { field, what: Cow::Borrowed(what) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.field, self.what)
    }
}
