//! The plan: which records go together. It is made while the file is checked, and stands in the journal.

use rusqlite::{Transaction, params};

use crate::check::{Seen, Sink};
use crate::record::Problem;
use crate::stop::Stop;

/// Puts records into chunks as they come.
pub(crate) struct Planner<'a> {
    transaction: &'a Transaction<'a>,
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
    pub(crate) fn new(transaction: &'a Transaction<'a>, chunk_records: u64, chunk_bytes: u64) -> Self {
        Self { transaction, chunk_records, chunk_bytes, open: None, has_duplicates: false }
    }

    pub(crate) fn finish(&mut self) -> Result<(), Stop> {
        self.close()?;
        self.leave_out()
    }

    fn close(&mut self) -> Result<(), Stop> {
        if let Some(open) = self.open.take() {
            let mut statement = self.transaction.prepare_cached(
                "INSERT INTO chunk (first, last, offset, members, state) VALUES (?, ?, ?, ?, 'planned')",
            )?;
            statement.execute([open.first, open.last, open.offset, open.members])?;
        }
        Ok(())
    }

    /// Takes the records that turned out to be at fault later out of their chunks' counts.
    fn leave_out(&mut self) -> Result<(), Stop> {
        if self.has_duplicates {
            self.transaction.execute_batch(
                "UPDATE chunk SET members = members -
                 (SELECT count(*) FROM record WHERE number BETWEEN first AND last AND offset = -1);
                 UPDATE chunk SET state = 'settled' WHERE members = 0;
                 UPDATE record SET offset = 0;",
            )?;
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
        self.reject(number, 0, problem)
    }

    fn duplicate(&mut self, number: u64, problem: &Problem) -> Result<(), Stop> {
        self.has_duplicates = true;
        self.reject(number, -1, problem)
    }
}

impl Planner<'_> {
    /// `mark` is -1 while the record still counts as a member of its chunk.
    fn reject(&self, number: u64, mark: i64, problem: &Problem) -> Result<(), Stop> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO record (number, offset, state, reason) VALUES (?, ?, 'rejected', ?)
             ON CONFLICT (number) DO UPDATE SET reason = reason || '; ' || excluded.reason",
        )?;
        statement.execute(params![number, mark, problem.to_string()])?;
        Ok(())
    }
}
