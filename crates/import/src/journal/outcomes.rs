//! What became of each record, told while the file is read in order.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::records::RecordState;
use super::states::{ChunkState, Outcome};
use super::store::Journal;
use crate::stop::Stop;

/// Reads the journal along with the file.
pub(crate) struct Outcomes<'a> {
    journal: &'a Journal,
    /// Rows of records that come next.
    rows: Peekable<IntoIter<RecordState>>,
    exhausted: bool,
    range: Option<(u64, ChunkState)>,
    has_findings: bool,
}

impl<'a> Outcomes<'a> {
    const PAGE: usize = 1000;

    pub(crate) fn new(journal: &'a Journal) -> Result<Self, Stop> {
        let has_findings = journal.has_findings()?;
        Ok(Self { has_findings, ..Self::without_findings(journal) })
    }

    /// Tells what the import has come to, whatever was found wrong with it afterwards.
    pub(crate) fn without_findings(journal: &'a Journal) -> Self {
        let rows = Vec::new().into_iter().peekable();
        Self { journal, rows, exhausted: false, range: None, has_findings: false }
    }

    /// What became of this record, and why. The numbers must rise from call to call.
    pub(crate) fn of(&mut self, number: u64) -> Result<(Outcome, Option<String>), Stop> {
        if self.has_findings
            && let Some(finding) = self.journal.finding_of(number)?
        {
            return Ok((finding.flaw.outcome(), Some(finding.told())));
        }
        loop {
            while self.rows.next_if(|row| row.number < number).is_some() {}
            if self.rows.peek().is_some() || self.exhausted {
                break;
            }
            let page = self.journal.outcomes(number, Self::PAGE)?;
            self.exhausted = page.len() < Self::PAGE;
            self.rows = page.into_iter().peekable();
        }
        if let Some(row) = self.rows.next_if(|row| row.number == number) {
            return Ok((row.outcome, row.reason));
        }
        if self.range.is_none_or(|(last, _)| last < number) {
            self.range = self.journal.range_with(number)?;
        }
        Ok((self.range.map_or(Outcome::Unknown, |(_, state)| state.outcome()), None))
    }
}
