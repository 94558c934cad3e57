//! The records that were rejected, in the format they came in, to be fixed and moved as a file of their own.

use std::io::Write;
use std::path::Path;

use super::output::{must_not_overwrite, written_whole};
use crate::chunking::Job;
use crate::count::count;
use crate::input::{Input, Reader};
use crate::journal::{JournalArgs, Outcome, Outcomes};
use crate::stop::Stop;
use crate::terminal::{Progress, say};

/// What is written here.
pub(super) const REJECTED: &str = "the rejected records";
/// How many of the records that could not be written are named.
const NAMED: usize = 20;

/// What was written.
pub(super) struct Written {
    records: u64,
    /// Those without a text that could be written, because they are too long or are not there.
    left_out: u64,
    /// The first of these.
    first: Vec<String>,
}

impl Written {
    pub(super) fn tell(&self, progress: &Progress, path: &Path) {
        let Self { records, left_out, first } = self;
        let path = path.display();
        if !progress.is_json() {
            say(&format!("wrote {} to {path}", count(*records, "rejected record")));
        }
        if *left_out > 0 {
            let more = if *left_out > first.len() as u64 { ", ..." } else { "" };
            progress.note(&format!(
                "not in {path}: {} longer than 1 MiB or missing: {}{more}",
                count(*left_out, "rejected record"),
                first.join(", ")
            ));
        }
    }
}

/// Writes the records that the journal says were rejected.
pub(super) fn write_rejected(job: &Job, path: &Path, args: &JournalArgs) -> Result<(), Stop> {
    must_not_overwrite(path, args)?;
    let mut outcomes = Outcomes::new(&job.journal)?;
    let is_rejected = |number| Ok(outcomes.of(number)?.0 == Outcome::Rejected);
    write(&job.input, path, is_rejected)?.tell(&job.progress, path);
    Ok(())
}

/// Writes the records with these numbers, for which `is_rejected` is asked in rising order.
pub(super) fn write(
    input: &Input,
    path: &Path,
    mut is_rejected: impl FnMut(u64) -> Result<bool, Stop>,
) -> Result<Written, Stop> {
    let mut reader = Reader::open(input, false)?;
    written_whole(path, REJECTED, |output| {
        let mut written = Written { records: 0, left_out: 0, first: Vec::new() };
        let failed = |error| Stop::during("cannot write the rejected records", error);
        output.write_all(reader.preamble()).map_err(failed)?;
        while let Some(row) = reader.next()? {
            if !is_rejected(row.number)? {
                continue;
            }
            if !row.raw.is_empty() {
                output.write_all(row.raw).and_then(|()| output.write_all(b"\n")).map_err(failed)?;
                written.records += 1;
                continue;
            }
            written.left_out += 1;
            if written.first.len() < NAMED {
                written.first.push(row.number.to_string());
            }
        }
        Ok(written)
    })
}
