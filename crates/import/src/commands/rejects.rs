//! The records that were rejected, in the format they came in, to be mended and moved as a file of their own.

use std::io::Write;
use std::path::Path;

use crate::input::{Input, Reader};
use crate::journal::{Fate, JournalArgs, Outcomes};
use crate::plan::Book;
use crate::stop::Stop;
use crate::terminal::say;

use super::output::{must_not_overwrite, written_whole};

/// Writes the records that the journal says were rejected.
pub(super) fn write_rejected(book: &Book, path: &Path, args: &JournalArgs) -> Result<(), Stop> {
    must_not_overwrite(path, args)?;
    let mut outcomes = Outcomes::new(&book.journal);
    let is_rejected = |number| Ok(outcomes.of(number)?.fate == Fate::Rejected);
    let written = write(&book.input, path, is_rejected)?;
    if !book.progress.is_json() {
        say(&format!("wrote {written} rejected records to {}", path.display()));
    }
    Ok(())
}

/// Writes the records with these numbers, for which `is_rejected` is asked in rising order. Returns how many they are.
pub(super) fn write(
    input: &Input,
    path: &Path,
    mut is_rejected: impl FnMut(u64) -> Result<bool, Stop>,
) -> Result<u64, Stop> {
    let mut reader = Reader::open(input, false)?;
    written_whole(path, "the rejected records", |output| {
        let mut written = 0;
        let failed = |error| Stop::during("cannot write the rejected records", error);
        output.write_all(reader.preamble()).map_err(failed)?;
        while let Some(row) = reader.next()? {
            if is_rejected(row.number)? {
                output.write_all(row.raw).and_then(|()| output.write_all(b"\n")).map_err(failed)?;
                written += 1;
            }
        }
        Ok(written)
    })
}
