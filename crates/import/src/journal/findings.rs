//! What looking at tokens that count as there has found wrong.
//!
//! A finding stays until another look finds its token to be right, or its record is moved again. Until then the record
//! counts as missing, differing or unknown, whatever its batch said.

use rusqlite::{OptionalExtension, Row, params};

use super::chunks::Member;
use super::records::{Counts, Reason};
use super::states::{Flaw, Outcome};
use super::store::Journal;
use crate::stop::Stop;

/// What is wrong with the token of a record.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) member: Member,
    pub(crate) flaw: Flaw,
    /// The members that differ, by name.
    pub(crate) members: String,
}

impl Finding {
    /// What is wrong, in words.
    pub(crate) fn told(&self) -> String {
        self.flaw.told(&self.members)
    }
}

impl Flaw {
    fn told(self, members: &str) -> String {
        match self {
            Self::Missing => "the token is missing".to_owned(),
            Self::Incomplete => "the token is there without its refresh token".to_owned(),
            Self::Differs => format!("the token differs from its record: {members}"),
            Self::Unclear => "could not determine whether the token exists".to_owned(),
        }
    }

    /// What its record counts as.
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self::Missing => Outcome::Missing,
            Self::Incomplete | Self::Differs => Outcome::Differing,
            Self::Unclear => Outcome::Unknown,
        }
    }
}

/// The findings of records that count as there, each with what the record counts as without it.
const STANDING: &str = "
    SELECT finding.number, finding.offset, finding.hash, flaw, finding.members AS members,
        CASE WHEN record.number IS NULL
            THEN (SELECT state FROM chunk WHERE parent IS NULL AND first <= finding.number ORDER BY first DESC LIMIT 1)
            WHEN record.state = 'open' THEN chunk.state
            ELSE record.state END AS counts_as
    FROM finding LEFT JOIN record ON record.number = finding.number LEFT JOIN chunk ON chunk.id = record.chunk
    WHERE counts_as IN ('succeeded', 'created', 'existing')";

fn finding(row: &Row<'_>) -> rusqlite::Result<Finding> {
    let member = Member { number: row.get(0)?, offset: row.get(1)?, hash: row.get(2)? };
    Ok(Finding { member, flaw: row.get(3)?, members: row.get(4)? })
}

impl Journal {
    /// Keeps what was found, and forgets what was found before of records whose tokens are right now.
    pub(crate) fn note_findings(&self, found: &[Finding], right: &[u64]) -> Result<(), Stop> {
        if found.is_empty() && right.is_empty() {
            return Ok(());
        }
        self.write_as_reader(|transaction| {
            let mut forget = transaction.prepare_cached("DELETE FROM finding WHERE number = ?")?;
            for number in right {
                forget.execute([number])?;
            }
            let mut put = transaction.prepare_cached(
                "INSERT OR REPLACE INTO finding (number, offset, hash, flaw, members) VALUES (?, ?, ?, ?, ?)",
            )?;
            for Finding { member, flaw, members } in found {
                put.execute(params![member.number, member.offset, member.hash, flaw, members])?;
            }
            Ok(())
        })
    }

    /// Whether anything is found wrong.
    pub(crate) fn has_findings(&self) -> Result<bool, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT 1 FROM finding LIMIT 1")?;
        Ok(statement.exists([])?)
    }

    /// The findings that stand, a page of them after this number.
    pub(crate) fn findings(&self, after: u64, limit: usize) -> Result<Vec<Finding>, Stop> {
        let connection = self.lock();
        let query = format!("{STANDING} AND finding.number > ?1 ORDER BY finding.number LIMIT ?2");
        let mut statement = connection.prepare_cached(&query)?;
        let found = statement.query_map(params![after, limit], finding)?.collect::<Result<_, _>>()?;
        Ok(found)
    }

    /// What was found of this record.
    pub(super) fn finding_of(&self, number: u64) -> Result<Option<Finding>, Stop> {
        let connection = self.lock();
        let query = format!("{STANDING} AND finding.number = ?1");
        let mut statement = connection.prepare_cached(&query)?;
        Ok(statement.query_row([number], finding).optional()?)
    }

    /// Counts the records of findings as what they are.
    pub(super) fn count_findings(&self, counts: &mut Counts) -> Result<(), Stop> {
        let connection = self.lock();
        let query = format!(
            "SELECT flaw, counts_as = 'existing', count(*) FROM ({STANDING}) GROUP BY flaw, counts_as"
        );
        let mut statement = connection.prepare_cached(&query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (flaw, is_existing, number): (Flaw, bool, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let counted = if is_existing { &mut counts.existing } else { &mut counts.created };
            *counted = counted.saturating_sub(number);
            *counts.of(flaw.outcome()) += number;
        }
        Ok(())
    }

    /// The findings as reasons, by kind.
    pub(super) fn finding_reasons(&self) -> Result<Vec<Reason>, Stop> {
        let connection = self.lock();
        let query = format!("SELECT flaw, members, count(*) FROM ({STANDING}) GROUP BY flaw, members");
        let mut statement = connection.prepare_cached(&query)?;
        let reasons = statement.query_map([], |row| {
            let (flaw, members): (Flaw, String) = (row.get(0)?, row.get(1)?);
            let reason = flaw.told(&members);
            Ok(Reason { state: flaw.outcome().as_str().to_owned(), reason, records: row.get(2)? })
        })?;
        Ok(reasons.collect::<Result<_, _>>()?)
    }
}
