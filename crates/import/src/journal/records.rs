//! The records that have a row, and how many there are of each outcome.

use std::ops::AddAssign;

use rusqlite::{OptionalExtension, Row, params};

use super::chunks::{Chunk, Member};
use super::store::Journal;
use super::words::State;
use crate::stop::Stop;

/// How many records there are of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Counts {
    pub(crate) created: u64,
    pub(crate) existing: u64,
    pub(crate) rejected: u64,
    /// By the passing of time, which is no failure.
    pub(crate) expired: u64,
    pub(crate) conflict: u64,
    pub(crate) unknown: u64,
    pub(crate) waiting: u64,
    pub(crate) deleted: u64,
    pub(crate) absent: u64,
}

impl Counts {
    /// All records.
    pub(crate) fn total(&self) -> u64 {
        let Self { created, existing, rejected, expired, conflict, unknown, waiting, deleted, absent } =
            *self;
        created + existing + rejected + expired + conflict + unknown + waiting + deleted + absent
    }

    /// Those that are not where they should be, and have not expired.
    pub(crate) fn failed(&self) -> u64 {
        self.rejected + self.conflict + self.unknown + self.waiting
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        let Self { created, existing, rejected, expired, conflict, unknown, waiting, deleted, absent } =
            other;
        self.created += created;
        self.existing += existing;
        self.rejected += rejected;
        self.expired += expired;
        self.conflict += conflict;
        self.unknown += unknown;
        self.waiting += waiting;
        self.deleted += deleted;
        self.absent += absent;
    }
}

pub(super) fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member { number: row.get(0)?, offset: row.get(1)?, hash: row.get(2)? })
}

/// How many records have an outcome for the same reason.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Reason {
    pub(crate) state: String,
    pub(crate) reason: String,
    pub(crate) records: u64,
}

/// What became of a record that has a row.
pub(crate) struct Outcome {
    pub(crate) number: u64,
    /// A [`State`] or a verdict in words.
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
}

impl Journal {
    /// The records of a listed chunk, in order.
    pub(crate) fn listed(&self, chunk: i64) -> Result<Vec<Member>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT number, offset, hash FROM record WHERE chunk = ? AND state = 'open' ORDER BY number",
        )?;
        let members = statement.query_map([chunk], member)?.collect::<Result<_, _>>()?;
        Ok(members)
    }

    /// The records of a range that are not its chunk's, in order.
    pub(crate) fn left_out(&self, chunk: &Chunk) -> Result<Vec<u64>, Stop> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached("SELECT number FROM record WHERE number BETWEEN ? AND ? ORDER BY number")?;
        let numbers =
            statement.query_map([chunk.first, chunk.last], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(numbers)
    }

    /// The records that were found to be created, a page of them after this number.
    pub(crate) fn created_alone(&self, after: u64, limit: usize) -> Result<Vec<Member>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT number, offset, hash FROM record WHERE state = 'created' AND number > ? ORDER BY number LIMIT ?",
        )?;
        let members = statement.query_map(params![after, limit], member)?.collect::<Result<_, _>>()?;
        Ok(members)
    }

    /// How many records count as created although no batch of theirs is known to have succeeded.
    pub(crate) fn in_doubt(&self) -> Result<u64, Stop> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT count(*) FROM record WHERE state = 'created'")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// How many records' batches have been sent, and have not been settled.
    pub(crate) fn unsettled(&self) -> Result<u64, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT coalesce(sum(members), 0) FROM chunk
             WHERE state IN ('sending', 'sent', 'failed', 'refused', 'unknown')",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    pub(crate) fn deleted_alone(&self, members: &[Member]) -> Result<(), Stop> {
        self.in_transaction(|transaction| {
            for member in members {
                transaction
                    .execute("UPDATE record SET state = 'deleted' WHERE number = ?", [member.number])?;
            }
            Ok(())
        })
    }

    pub(crate) fn counts(&self) -> Result<Counts, Stop> {
        let connection = self.lock();
        let mut counts = Counts::default();
        let mut add = |state: &str, number: u64| match state {
            "succeeded" | "created" => counts.created += number,
            "existing" => counts.existing += number,
            "rejected" => counts.rejected += number,
            "expired" => counts.expired += number,
            "conflict" => counts.conflict += number,
            "planned" => counts.waiting += number,
            "deleted" => counts.deleted += number,
            "absent" => counts.absent += number,
            _ => counts.unknown += number,
        };
        for query in [
            "SELECT state, sum(members) FROM chunk WHERE state <> 'settled' GROUP BY state",
            "SELECT state, count(*) FROM record WHERE state <> 'open' GROUP BY state",
        ] {
            let mut statement = connection.prepare_cached(query)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                add(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, row.get(1)?);
            }
        }
        Ok(counts)
    }

    /// Why records are not simply there, the most frequent reason first. What names another record counts as one reason.
    pub(crate) fn reasons(&self) -> Result<Vec<Reason>, Stop> {
        const MOST: usize = 20;
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT state, CASE instr(reason, ' as in record ') WHEN 0 THEN reason
                 ELSE substr(reason, 1, instr(reason, ' as in record ') - 1) || ' as in an earlier record' END AS why, count(*)
             FROM record WHERE reason IS NOT NULL AND state <> 'open' GROUP BY state, why ORDER BY 3 DESC, 1, 2 LIMIT ?",
        )?;
        let reasons = statement
            .query_map([MOST], |row| {
                Ok(Reason { state: row.get(0)?, reason: row.get(1)?, records: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?;
        Ok(reasons)
    }

    /// How many records the server has rejected, rather than the check or the passing of time.
    pub(crate) fn rejected_by_server(&self) -> Result<u64, Stop> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached("SELECT count(*) FROM record WHERE state = 'rejected' AND chunk IS NOT NULL")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// What became of each record that has a row, a page of them from this number on.
    pub(crate) fn outcomes(&self, from: u64, limit: usize) -> Result<Vec<Outcome>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT record.number, CASE record.state WHEN 'open' THEN chunk.state ELSE record.state END, reason
             FROM record LEFT JOIN chunk ON chunk.id = record.chunk
             WHERE number >= ? ORDER BY number LIMIT ?",
        )?;
        let rows = statement
            .query_map(params![from, limit], |row| {
                Ok(Outcome { number: row.get(0)?, state: row.get(1)?, reason: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The range of the file with this record.
    pub(crate) fn range_with(&self, number: u64) -> Result<Option<(u64, State)>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT last, state FROM chunk WHERE parent IS NULL AND last >= ? ORDER BY id LIMIT 1",
        )?;
        Ok(statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }
}
