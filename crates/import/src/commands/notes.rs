//! What a check has found that is no problem, in words.

use crate::count::{agreeing, count};

/// What deserves a look.
pub(super) fn hazard_note(records: u64, what: &str, first: u64) -> String {
    format!("note: {} {} (first: record {first})", count(records, "record"), agreeing(records, what))
}

/// What looked wrong and was said to be right.
pub(super) fn accepted_note(doubts: &str) -> String {
    format!("note: {doubts}; --these-are-tokens says that they are none")
}

/// That others can read the tokens.
pub(super) fn exposed_note(mode: u32) -> String {
    format!(
        "note: others than its owner can read the file, which holds live tokens (mode {mode:o}): chmod 600"
    )
}

pub(super) fn expired_note(records: u64) -> String {
    let how = if records == 1 { "has expired and is" } else { "have expired and are" };
    format!("{} {how} not moved", count(records, "record"))
}
