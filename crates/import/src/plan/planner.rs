//! The plan: which records go together. It is made while the file is checked, and stands in the journal.

use crate::input::{Problem, Seen, Sink};
use crate::journal::Draft;
use crate::stop::Stop;

/// Puts records into chunks as they come.
pub(crate) struct Planner<'a> {
    draft: &'a Draft<'a>,
    chunk_records: u64,
    chunk_bytes: u64,
    open: Option<Open>,
    has_duplicates: bool,
}

/// A chunk that is not full yet.
struct Open {
    first: u64,
    last: u64,
    offset: u64,
    members: u64,
    bytes: u64,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(draft: &'a Draft<'a>, chunk_records: u64, chunk_bytes: u64) -> Self {
        Self { draft, chunk_records, chunk_bytes, open: None, has_duplicates: false }
    }

    pub(crate) fn finish(&mut self) -> Result<(), Stop> {
        self.close()?;
        if self.has_duplicates { self.draft.leave_out() } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), Stop> {
        if let Some(open) = self.open.take() {
            self.draft.chunk(open.first, open.last, open.offset, open.members)?;
        }
        Ok(())
    }
}

impl Sink for &mut Planner<'_> {
    fn good(&mut self, seen: &Seen) -> Result<(), Stop> {
        let full = self.open.as_ref().is_some_and(|open| {
            open.members == self.chunk_records || open.bytes + seen.bytes + 1 > self.chunk_bytes
        });
        if full {
            self.close()?;
        }
        let open = self.open.get_or_insert(Open {
            first: seen.number,
            last: seen.number,
            offset: seen.offset,
            members: 0,
            bytes: 2,
        });
        open.last = seen.number;
        open.members += 1;
        open.bytes += seen.bytes + 1;
        Ok(())
    }

    fn bad(&mut self, number: u64, problem: &Problem) -> Result<(), Stop> {
        self.draft.reject(number, false, &problem.to_string())
    }

    fn duplicate(&mut self, number: u64, problem: &Problem) -> Result<(), Stop> {
        self.has_duplicates = true;
        self.draft.reject(number, true, &problem.to_string())
    }
}
