//! What became of each record, told while the file is read in order.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::records::Outcome;
use super::store::Journal;
use super::words::State;
use crate::stop::Stop;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Created,
    Existing,
    Rejected,
    Expired,
    Conflict,
    Unknown,
    Waiting,
    Deleted,
    Absent,
}

impl Fate {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Existing => "already there",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Conflict => "conflict",
            Self::Unknown => "unknown",
            Self::Waiting => "waiting",
            Self::Deleted => "deleted",
            Self::Absent => "not there",
        }
    }

    /// From the words of [`State`] and [`Verdict`](super::words::Verdict).
    fn of(state: &str) -> Self {
        match state {
            "succeeded" | "created" => Self::Created,
            "existing" => Self::Existing,
            "rejected" => Self::Rejected,
            "expired" => Self::Expired,
            "conflict" => Self::Conflict,
            "planned" => Self::Waiting,
            "deleted" => Self::Deleted,
            "absent" => Self::Absent,
            _ => Self::Unknown,
        }
    }
}

pub(crate) struct Told {
    pub(crate) fate: Fate,
    pub(crate) reason: Option<String>,
}

/// Reads the journal along with the file.
pub(crate) struct Outcomes<'a> {
    journal: &'a Journal,
    /// Rows of records that come next.
    rows: Peekable<IntoIter<Outcome>>,
    exhausted: bool,
    range: Option<(u64, State)>,
}

impl<'a> Outcomes<'a> {
    const PAGE: usize = 1000;

    pub(crate) fn new(journal: &'a Journal) -> Self {
        Self { journal, rows: Vec::new().into_iter().peekable(), exhausted: false, range: None }
    }

    /// What became of this record. The numbers must rise from call to call.
    pub(crate) fn of(&mut self, number: u64) -> Result<Told, Stop> {
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
            return Ok(Told { fate: Fate::of(&row.state), reason: row.reason });
        }
        if self.range.is_none_or(|(last, _)| last < number) {
            self.range = self.journal.range_with(number)?;
        }
        let fate = self.range.map_or(Fate::Unknown, |(_, state)| Fate::of(state.as_str()));
        Ok(Told { fate, reason: None })
    }
}
