//! Some of the records, spread evenly over the file.

use std::fmt;
use std::str::FromStr;

/// So many of the records up to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    wanted: u64,
    last: u64,
}

impl Sample {
    /// `wanted` of the records numbered from 1 to `last`.
    pub(crate) fn new(wanted: u64, last: u64) -> Self {
        Self { wanted: wanted.min(last), last }
    }

    pub(crate) fn holds(self, number: u64) -> bool {
        let before =
            |number: u64| u128::from(number) * u128::from(self.wanted) / u128::from(self.last.max(1));
        before(number) > before(number.saturating_sub(1))
    }
}

/// As the journal keeps it.
impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} of {}", self.wanted, self.last)
    }
}

impl FromStr for Sample {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (wanted, last) = text.split_once(" of ").ok_or(())?;
        Ok(Self::new(wanted.parse().map_err(|_| ())?, last.parse().map_err(|_| ())?))
    }
}
