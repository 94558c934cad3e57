//! The records that have a row, and how many there are of each outcome.

use std::cmp::Reverse;
use std::ops::AddAssign;

use rusqlite::{OptionalExtension, Row, params};

use super::chunks::{Chunk, Member};
use super::states::{ChunkState, Outcome};
use super::store::Journal;
use crate::stop::Stop;

/// How many records there are of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
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
    /// Created or there, and not found any more.
    pub(crate) missing: u64,
    /// Created or there, and found to be other than their records.
    pub(crate) differing: u64,
}

impl Counts {
    /// The number of records of this outcome.
    pub(super) fn of(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Created => &mut self.created,
            Outcome::Existing => &mut self.existing,
            Outcome::Rejected => &mut self.rejected,
            Outcome::Expired => &mut self.expired,
            Outcome::Conflict => &mut self.conflict,
            Outcome::Unknown => &mut self.unknown,
            Outcome::Waiting | Outcome::Disputed => &mut self.waiting,
            Outcome::Deleted => &mut self.deleted,
            Outcome::Absent => &mut self.absent,
            Outcome::Missing => &mut self.missing,
            Outcome::Differing => &mut self.differing,
        }
    }

    fn each(&self) -> [u64; 11] {
        let Self { created, existing, rejected, expired, conflict, .. } = *self;
        let Self { unknown, waiting, deleted, absent, missing, differing, .. } = *self;
        [
            created, existing, rejected, expired, conflict, unknown, waiting, deleted, absent, missing,
            differing,
        ]
    }

    /// All records.
    pub(crate) fn total(&self) -> u64 {
        self.each().iter().sum()
    }

    /// Those that are not where they should be, and have not expired.
    pub(crate) fn failed(&self) -> u64 {
        self.rejected + self.conflict + self.unknown + self.waiting + self.found_wrong()
    }

    /// Those that were created or there, and are not as they should be.
    pub(crate) fn found_wrong(&self) -> u64 {
        self.missing + self.differing
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.created += other.created;
        self.existing += other.existing;
        self.rejected += other.rejected;
        self.expired += other.expired;
        self.conflict += other.conflict;
        self.unknown += other.unknown;
        self.waiting += other.waiting;
        self.deleted += other.deleted;
        self.absent += other.absent;
        self.missing += other.missing;
        self.differing += other.differing;
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
pub(super) struct RecordState {
    pub(super) number: u64,
    pub(super) outcome: Outcome,
    pub(super) reason: Option<String>,
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
        let mut counts = self.counts_without_findings()?;
        self.count_findings(&mut counts)?;
        Ok(counts)
    }

    /// What the import has come to, whatever was found wrong with it afterwards.
    pub(crate) fn counts_without_findings(&self) -> Result<Counts, Stop> {
        let connection = self.lock();
        let mut counts = Counts::default();
        let mut statement = connection.prepare_cached(
            "SELECT state, sum(members) FROM chunk WHERE state <> 'settled' GROUP BY state",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            *counts.of(row.get::<_, ChunkState>(0)?.outcome()) += row.get::<_, u64>(1)?;
        }
        let mut statement = connection
            .prepare_cached("SELECT state, count(*) FROM record WHERE state <> 'open' GROUP BY state")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            *counts.of(row.get(0)?) += row.get::<_, u64>(1)?;
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
        let reasons = statement.query_map([MOST], |row| {
            let outcome: Outcome = row.get(0)?;
            Ok(Reason { state: outcome.as_str().to_owned(), reason: row.get(1)?, records: row.get(2)? })
        })?;
        let mut reasons: Vec<Reason> = reasons.collect::<Result<_, _>>()?;
        drop(statement);
        drop(connection);
        reasons.extend(self.finding_reasons()?);
        reasons.sort_by_key(|reason| Reverse(reason.records));
        reasons.truncate(MOST);
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
    pub(super) fn outcomes(&self, from: u64, limit: usize) -> Result<Vec<RecordState>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT record.number, nullif(record.state, 'open'), chunk.state, reason
             FROM record LEFT JOIN chunk ON chunk.id = record.chunk
             WHERE number >= ? ORDER BY number LIMIT ?",
        )?;
        let rows = statement.query_map(params![from, limit], |row| {
            let of_chunk = || Ok::<_, rusqlite::Error>(row.get::<_, ChunkState>(2)?.outcome());
            let outcome = row.get::<_, Option<Outcome>>(1)?.map_or_else(of_chunk, Ok)?;
            Ok(RecordState { number: row.get(0)?, outcome, reason: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The range of the file with this record.
    pub(crate) fn range_with(&self, number: u64) -> Result<Option<(u64, ChunkState)>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT last, state FROM chunk WHERE parent IS NULL AND last >= ? ORDER BY first LIMIT 1",
        )?;
        Ok(statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }
}
