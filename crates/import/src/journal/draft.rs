//! A plan while it is written: nothing of it stays unless it is whole.

use rusqlite::{Transaction, params};

use super::states::EXPIRED;
use super::store::{Journal, VERSION, set_meta};
use super::subject::Subject;
use crate::clock::now;
use crate::input::Input;
use crate::stop::Stop;

/// The chunks and the records at fault, written as they are found.
pub(crate) struct Draft<'a>(&'a Transaction<'a>);

impl Journal {
    /// Writes a plan, which `body` drafts.
    pub(crate) fn plan<T>(
        &self,
        body: impl FnOnce(&Draft<'_>) -> Result<(T, Subject), Stop>,
    ) -> Result<T, Stop> {
        self.in_transaction(|transaction| {
            let (outcome, subject) = body(&Draft(transaction))?;
            set_meta(transaction, "version", &VERSION.to_string())?;
            for (key, value) in subject.entries() {
                set_meta(transaction, key, &value)?;
            }
            Ok(outcome)
        })
    }
}

impl Draft<'_> {
    /// Begins anew.
    pub(crate) fn clear(&self) -> Result<(), Stop> {
        Ok(self.0.execute_batch("DELETE FROM chunk; DELETE FROM record; DELETE FROM meta;")?)
    }

    /// Writes down what the plan is for, and what it is made by.
    pub(crate) fn settings(&self, purpose: &str, input: &Input, chunk_records: u64) -> Result<(), Stop> {
        set_meta(self.0, "purpose", purpose)?;
        set_meta(self.0, "file", &input.whole_path().display().to_string())?;
        set_meta(self.0, "chunk_records", &chunk_records.to_string())?;
        if let Some(plan) = input.plan() {
            set_meta(self.0, "plan", plan.to_keep())?;
        }
        set_meta(self.0, "begun_at", &now().to_string())
    }

    /// Writes down what the user has said of values that look wrong.
    pub(crate) fn accept(&self, doubts: &str) -> Result<(), Stop> {
        set_meta(self.0, "accepted_doubts", doubts)
    }

    /// Plans a chunk of `members` records, the first and last of which, and those between them, have this hash.
    pub(crate) fn chunk(
        &self,
        first: u64,
        last: u64,
        offset: u64,
        members: u64,
        hash: &[u8; 32],
    ) -> Result<(), Stop> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO chunk (first, last, offset, members, hash, state) VALUES (?, ?, ?, ?, ?, 'planned')",
        )?;
        statement.execute(params![first, last, offset, members, hash])?;
        Ok(())
    }

    /// Sets a record aside that has expired.
    pub(crate) fn expire(&self, number: u64) -> Result<(), Stop> {
        let mut statement =
            self.0.prepare_cached("INSERT INTO record (number, state, reason) VALUES (?, 'expired', ?)")?;
        statement.execute(params![number, EXPIRED])?;
        Ok(())
    }

    /// Rejects a record. `counted` says that it still counts as a member of its chunk, until [`leave_out`](Self::leave_out).
    pub(crate) fn reject(&self, number: u64, counted: bool, reason: &str) -> Result<(), Stop> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO record (number, offset, state, reason) VALUES (?, ?, 'rejected', ?)
             ON CONFLICT (number) DO UPDATE SET reason = reason || '; ' || excluded.reason",
        )?;
        statement.execute(params![number, if counted { -1 } else { 0 }, reason])?;
        Ok(())
    }

    /// How many records are rejected.
    pub(crate) fn rejected(&self) -> Result<u64, Stop> {
        let count = "SELECT count(*) FROM record WHERE state = 'rejected'";
        Ok(self.0.query_row(count, [], |row| row.get(0))?)
    }

    /// Takes the records that turned out to be at fault later out of their chunks' counts.
    pub(crate) fn leave_out(&self) -> Result<(), Stop> {
        self.0.execute_batch(
            "UPDATE chunk SET members = members -
             (SELECT count(*) FROM record WHERE number BETWEEN first AND last AND offset = -1);
             UPDATE chunk SET state = 'settled' WHERE members = 0;
             UPDATE record SET offset = 0;",
        )?;
        Ok(())
    }
}
