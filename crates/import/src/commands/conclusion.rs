//! How an import ended.

use serde_json::json;

use crate::journal::Counts;
use crate::plan::Book;
use crate::stop::Stop;
use crate::terminal::{event, say};

/// Tells where the import stands, whether or not it came to its end. `true` if all records are there.
pub(super) fn conclude(book: &Book, outcome: Result<(), Stop>) -> Result<bool, Stop> {
    book.progress.finish();
    let counts = book.journal.counts();
    if let Ok(counts) = &counts {
        if book.progress.is_json() {
            let finished = outcome.is_ok();
            event(&json!({"event": "end", "finished": finished, "counts": counts}));
        } else {
            let Counts { created, existing, rejected, unknown, waiting, .. } = counts;
            say(&format!(
                "created {created}, already there {existing}, rejected {rejected}, unknown {unknown}, waiting {waiting}"
            ));
        }
    }
    outcome?;
    let counts = counts?;
    Ok(counts.rejected + counts.waiting == 0)
}
