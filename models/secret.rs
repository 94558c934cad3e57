//! A string that must not be seen.

use std::borrow::Cow;
use std::fmt;

use zeroize::Zeroizing;

use super::table::{Fragment, Place, Text, Value, fragment_out_of_line};

/// A string that grants access: a token, a code, a client secret, the API's bearer.
///
/// It has no `Display`, its `Debug` is redacted, and its memory is overwritten when it is dropped. The only ways to
/// the text are [`expose`](Self::expose) and serialisation, which is how it reaches the request body. Comparison is
/// not constant-time.
///
/// ```
/// use authlete::Secret;
///
/// let token = Secret::from("2YotnFZFEjr1zCsicMWpAA");
/// assert_eq!(format!("{token:?}"), "Secret(redacted)");
/// assert_eq!(token.expose(), "2YotnFZFEjr1zCsicMWpAA");
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself. Every use of this method is a place where it could leak.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text, moved out to be sent. From then on it is no longer overwritten when it is dropped.
    pub(crate) fn into_text(mut self) -> String {
        std::mem::take(&mut *self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(redacted)")
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(Zeroizing::new(value))
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

/// The text is copied. Drop the original when you no longer need it.
#[cfg(feature = "secrecy")]
#[cfg_attr(docsrs, doc(cfg(feature = "secrecy")))]
impl From<&secrecy::SecretString> for Secret {
    fn from(value: &secrecy::SecretString) -> Self {
        Self::from(secrecy::ExposeSecret::expose_secret(value))
    }
}

#[cfg(feature = "secrecy")]
#[cfg_attr(docsrs, doc(cfg(feature = "secrecy")))]
impl From<secrecy::SecretString> for Secret {
    fn from(value: secrecy::SecretString) -> Self {
        Self::from(&value)
    }
}

#[cfg(feature = "secrecy")]
#[cfg_attr(docsrs, doc(cfg(feature = "secrecy")))]
impl From<Secret> for secrecy::SecretString {
    fn from(value: Secret) -> Self {
        Self::from(value.expose())
    }
}

impl Text for Secret {
    fn set(&mut self, text: Cow<'_, str>) {
        *self = text.into_owned().into();
    }
}

impl Value for Secret {
    fn blank() -> Self {
        Self::default()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Text(self)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Text(self.expose())
    }

    fn fragment_of_option(field: &Option<Self>) -> Option<Fragment<'_>> {
        fragment_out_of_line(field)
    }
}

serde_by_table! { Secret }
