//! A question that only typed words answer.

use std::io::{BufRead, Write};

use crate::stop::Stop;

/// Wants these very words from stdin.
pub(super) fn confirm(what: &str, words: &str) -> Result<bool, Stop> {
    let mut stderr = std::io::stderr();
    write!(stderr, "{what} To go on, type \"{words}\": ")
        .and_then(|()| stderr.flush())
        .map_err(|error| Stop::during("cannot ask for the confirmation", error))?;
    let mut typed = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut typed)
        .map_err(|error| Stop::during("cannot read the confirmation", error))?;
    Ok(typed.trim() == words)
}
