//! How an import ended.

use serde_json::json;

use crate::journal::Counts;
use crate::plan::Book;
use crate::stop::Stop;
use crate::terminal::{event, say};

/// Tells where the import stands, whether or not it came to its end. `true` if all records are there. Those that have
/// expired are missed only if `strict` says so.
pub(super) fn conclude(book: &Book, outcome: Result<(), Stop>, strict: bool) -> Result<bool, Stop> {
    book.progress.finish();
    let counts = book.journal.counts();
    if let Ok(counts) = &counts {
        if book.progress.is_json() {
            let finished = outcome.is_ok();
            event(&json!({"event": "end", "finished": finished, "counts": counts}));
        } else {
            let Counts { created, existing, rejected, expired, unknown, waiting, .. } = counts;
            say(&format!(
                "created {created}, already there {existing}, rejected {rejected}, unknown {unknown}, waiting {waiting}, expired {expired}"
            ));
        }
    }
    outcome?;
    book.must_be_unchanged()?;
    let counts = counts?;
    let expired = if strict { counts.expired } else { 0 };
    Ok(counts.rejected + counts.waiting + expired == 0)
}
