//! Words that must not be logged unread.

use std::fmt;
use std::ops::Deref;

use super::table::{Fragment, Place, Value};

/// What the server says in words, for people to read.
///
/// It is a string in all but its `Debug`, which shows the length alone: the words may repeat what was sent, a token
/// included. Think before you log it.
///
/// ```
/// use authlete::models::TokenBatchStatus;
///
/// let status = TokenBatchStatus::new().error_description("token 7 exists");
/// assert_eq!(status.error_description.as_deref(), Some("token 7 exists"));
/// assert!(!format!("{status:?}").contains("token 7"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct ServerText(String);

impl Deref for ServerText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl fmt::Debug for ServerText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ServerText({} bytes)", self.0.len())
    }
}

impl From<String> for ServerText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for ServerText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<ServerText> for String {
    fn from(text: ServerText) -> Self {
        text.0
    }
}

impl Value for ServerText {
    fn blank() -> Self {
        Self::default()
    }

    fn place(&mut self) -> Place<'_> {
        Place::Text(&mut self.0)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Text(self)
    }
}

serde_by_table! { ServerText }
