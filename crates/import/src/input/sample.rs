//! Some of the records, spread evenly over the file.

use std::fmt;
use std::sync::Arc;

/// Which of the records there are, by their numbers: not every number has a record.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// In order.
    numbers: Arc<[u64]>,
    of: u64,
}

impl Sample {
    /// These of so many records.
    pub(super) fn new(numbers: Vec<u64>, of: u64) -> Self {
        Self { numbers: numbers.into(), of }
    }

    /// How many they are.
    pub(crate) fn size(&self) -> usize {
        self.numbers.len()
    }

    /// Whether it is what comes of wanting so many.
    pub(crate) fn is_of(&self, wanted: u64) -> bool {
        self.numbers.len() as u64 == wanted.min(self.of)
    }

    /// How many were wanted, from what the journal keeps.
    pub(crate) fn wanted(kept: &str) -> Option<u64> {
        kept.split_once(" of ")?.0.parse().ok()
    }

    pub(super) fn holds(&self, number: u64) -> bool {
        self.numbers.binary_search(&number).is_ok()
    }
}

/// Whether the record at this place, from 1, is one of `wanted` out of `of`.
pub(super) fn is_picked(place: u64, wanted: u64, of: u64) -> bool {
    let before = |place: u64| u128::from(place) * u128::from(wanted.min(of)) / u128::from(of.max(1));
    before(place) > before(place.saturating_sub(1))
}

/// As the journal keeps it.
impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} of {}", self.numbers.len(), self.of)
    }
}
