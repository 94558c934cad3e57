//! What a check has found that is no problem, in words.

use crate::count::{agreeing, count};

/// What deserves a look.
pub(super) fn hazard_note(records: u64, what: &str, first: u64) -> String {
    format!("note: {} {} (first: record {first})", count(records, "record"), agreeing(records, what))
}

pub(super) fn expired_note(records: u64) -> String {
    let how = if records == 1 { "has expired and is" } else { "have expired and are" };
    format!("{} {how} not moved", count(records, "record"))
}
