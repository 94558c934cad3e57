//! What every measurement needs.

use std::path::PathBuf;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The folder of this crate.
pub(crate) fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The commands that `all` runs.
pub(crate) const ALL: [&str; 8] =
    ["calls", "concurrency", "size", "groups", "compile", "derives", "cold", "outage"];
