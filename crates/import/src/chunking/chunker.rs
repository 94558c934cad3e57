//! Which records go together. It is settled while the file is checked, and stands in the journal.

use sha2::{Digest, Sha256};

use crate::input::hash::sha256;
use crate::input::{Problem, Seen, Sink};
use crate::journal::Draft;
use crate::stop::Stop;

/// Puts records into chunks as they come.
pub(crate) struct Chunker<'a> {
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
    /// The hash over the hashes of all records from the first to the last.
    digest: Sha256,
    /// The same with those that came since and are not its members, if there are any.
    ahead: Option<Sha256>,
}

impl Open {
    /// Passes over a record between its members, or behind them.
    fn pass(&mut self, raw: &[u8]) {
        self.ahead.get_or_insert_with(|| self.digest.clone()).update(sha256(raw));
    }

    fn take(&mut self, seen: &Seen<'_>) {
        if let Some(ahead) = self.ahead.take() {
            self.digest = ahead;
        }
        self.digest.update(sha256(seen.raw));
        self.last = seen.number;
        self.members += 1;
        self.bytes += seen.bytes + 1;
    }
}

impl<'a> Chunker<'a> {
    pub(crate) fn new(draft: &'a Draft<'a>, chunk_records: u64, chunk_bytes: u64) -> Self {
        Self { draft, chunk_records, chunk_bytes, open: None, has_duplicates: false }
    }

    pub(crate) fn finish(&mut self) -> Result<(), Stop> {
        self.close()?;
        if self.has_duplicates { self.draft.leave_out() } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), Stop> {
        if let Some(open) = self.open.take() {
            let hash = open.digest.finalize().into();
            self.draft.chunk(open.first, open.last, open.offset, open.members, &hash)?;
        }
        Ok(())
    }
}

impl Sink for &mut Chunker<'_> {
    fn good(&mut self, seen: &Seen<'_>) -> Result<(), Stop> {
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
            digest: Sha256::new(),
            ahead: None,
        });
        open.take(seen);
        Ok(())
    }

    fn bad(&mut self, seen: &Seen<'_>, problems: &[Problem]) -> Result<(), Stop> {
        if let Some(open) = &mut self.open {
            open.pass(seen.raw);
        }
        problems.iter().try_for_each(|problem| self.draft.reject(seen.number, false, &problem.to_string()))
    }

    fn expired(&mut self, seen: &Seen<'_>) -> Result<(), Stop> {
        if let Some(open) = &mut self.open {
            open.pass(seen.raw);
        }
        self.draft.expire(seen.number)
    }

    fn duplicate(&mut self, number: u64, problem: &Problem) -> Result<(), Stop> {
        self.has_duplicates = true;
        self.draft.reject(number, true, &problem.to_string())
    }
}
