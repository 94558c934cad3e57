//! The subcommand `status`: where an import stands, also while a run is under way.

use serde_json::json;

use super::cli::StatusArgs;
use super::summary::Summary;
use crate::plan::Book;
use crate::stop::Stop;
use crate::terminal::{event, say};

pub(crate) fn status(args: &StatusArgs) -> Result<bool, Stop> {
    let book = Book::view(&args.journal, false)?;
    book.journal.freeze()?;
    let summary = Summary::of(&book, None)?;
    if book.progress.is_json() {
        event(&json!({"event": "status", "summary": summary}));
    } else {
        summary.lines().iter().for_each(|line| say(line));
    }
    Ok(summary.counts.found_wrong() == 0)
}
