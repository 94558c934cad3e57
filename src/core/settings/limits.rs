//! SizeLimits of size, as data.

use super::keyed::keyed;

/// The limits of size of a core, for [`AuthleteCoreBuilder::size_limits`](crate::AuthleteCoreBuilder::size_limits).
///
/// It can be read from a file: the keys are the names of the fields, and each value is a number of bytes.
///
/// ```
/// use authlete::SizeLimits;
///
/// let limits: SizeLimits = serde_json::from_str(r#"{ "max_response_bytes": 1048576 }"#)?;
/// assert_eq!(limits.max_response_bytes, 1 << 20);
/// assert_eq!(limits.max_error_bytes, 64 << 10);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SizeLimits {
    /// The longest body of a success, in bytes: 16 MiB. A longer one is an error.
    pub max_response_bytes: usize,
    /// How much is kept of the body of an error status, in bytes: 64 KiB.
    pub max_error_bytes: usize,
}

impl Default for SizeLimits {
    fn default() -> Self {
        Self { max_response_bytes: 16 << 20, max_error_bytes: 64 << 10 }
    }
}

keyed! { SizeLimits, "limits of size", |limits, map| {
    "max_response_bytes" => limits.max_response_bytes = map.next_value()?,
    "max_error_bytes" => limits.max_error_bytes = map.next_value()?,
} }
