//! How an import ended.

use serde_json::json;

use super::summary::{UNPROBED, of_import};
use crate::journal::Reason;
use crate::plan::Book;
use crate::stop::Stop;
use crate::terminal::{event, say};

/// Tells where the import stands, whether or not it came to its end. `true` if all records are there. Those that have
/// expired are missed only if `strict` says so.
pub(super) fn conclude(book: &Book, outcome: Result<(), Stop>, strict: bool) -> Result<bool, Stop> {
    book.progress.finish();
    book.journal.end()?;
    let outcome = outcome.and_then(|()| book.must_be_unchanged());
    let counts = book.journal.counts();
    if let Ok(counts) = &counts {
        if book.progress.is_json() {
            let finished = outcome.is_ok();
            let reasons = book.journal.reasons()?;
            event(&json!({"event": "end", "finished": finished, "counts": counts, "reasons": reasons}));
        } else {
            say(&of_import(counts));
            for Reason { state, reason, records } in book.journal.reasons()? {
                say(&format!("  {records} {state}: {reason}"));
            }
            if book.journal.meta("unprobed")?.is_some() {
                say(UNPROBED);
            }
        }
    }
    outcome?;
    let counts = counts?;
    let expired = if strict { counts.expired } else { 0 };
    Ok(counts.failed() + expired == 0)
}
