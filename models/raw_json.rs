//! JSON of any shape.

use std::fmt;

use super::table::{Fragment, Place, Value};

/// The text of one JSON value, kept as it is.
///
/// It stands where the API leaves the shape open: JSON Web Keys, the configuration of a service, members that this version
/// does not know. Nothing is lost in it: members keep their order and numbers their digits. The text is valid
/// (RFC 8259) and nested at most 127 levels deep.
///
/// Make one from text with `"…".parse::<RawJson>()` or `RawJson::try_from(text)`, and read it with [`parse`](Self::parse).
/// Two are equal if their texts differ in nothing but insignificant whitespace. `Debug` shows the length alone, for the
/// text may hold a private key.
///
/// Through serde it is the value itself, not a string, and its numbers are what the format makes of them. serde_json rounds those
/// that fit neither an integer of 64 bits nor a double, and refuses those beyond a double, such as `1e400`, unless its feature
/// `arbitrary_precision` is on. Calls do neither: what they read and write keeps every digit.
///
/// ```
/// use authlete::models::RawJson;
///
/// # fn main() -> Result<(), authlete::JsonError> {
/// let key: RawJson = r#"{"kty":"EC","crv":"P-256"}"#.parse()?;
/// let members: std::collections::BTreeMap<String, String> = key.parse()?;
/// assert_eq!(members["kty"], "EC");
/// assert_eq!(key.as_str(), r#"{"kty":"EC","crv":"P-256"}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RawJson(String);

impl RawJson {
    /// Text that has been checked.
    pub(crate) fn checked(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<RawJson> for String {
    fn from(json: RawJson) -> Self {
        json.0
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        significant(&self.0).eq(significant(&other.0))
    }
}

impl Eq for RawJson {}

/// The bytes of a JSON text without whitespace between tokens.
fn significant(text: &str) -> impl Iterator<Item = u8> {
    let (mut in_string, mut escaped) = (false, false);
    text.bytes().filter(move |&byte| {
        in_string ^= byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        in_string || !byte.is_ascii_whitespace()
    })
}

impl fmt::Debug for RawJson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RawJson({} bytes)", self.0.len())
    }
}

impl Value for RawJson {
    /// Not JSON yet: whoever asks for one to be read into sets its text, or drops it.
    fn blank() -> Self {
        Self(String::new())
    }

    fn place(&mut self) -> Place<'_> {
        Place::Raw(&mut self.0)
    }

    fn fragment(&self) -> Fragment<'_> {
        Fragment::Raw(&self.0)
    }
}

/// Checked JSON text, borrowed.
pub(crate) struct RawText<'a>(pub(crate) &'a str);
