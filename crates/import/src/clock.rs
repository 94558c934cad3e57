//! The time, in the milliseconds that the API counts in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A duration in milliseconds.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// The wall clock in milliseconds since the Unix epoch.
pub(crate) fn now() -> i64 {
    millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}
