//! What all open enums share.

/// The payload of an enum's `Unrecognized` variant: a wire value this version of the crate does not know.
///
/// It can be read, compared and sent back, but only made through the enum's `From<&str>`, so that a known value never
/// hides in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unrecognized(Box<str>);

impl Unrecognized {
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value as it was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
