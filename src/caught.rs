//! Somebody else's code, which may panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does the work, and returns nothing if it panics. Where panics abort, it never returns then.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(value) => Some(value),
        Err(payload) => {
            // What was thrown may panic again when it is dropped.
            std::mem::forget(payload);
            None
        }
    }
}
