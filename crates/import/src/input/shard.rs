//! One part of several that the records are split into.

use std::fmt;
use std::str::FromStr;

/// The most parts: each that is missing has a line in a summary.
const MOST: u64 = 10_000;

/// Part `index` of `count`, from 1. A record belongs to the part that the hash of its access token says, so parts never
/// overlap and together are the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    index: u64,
    count: u64,
}

impl Shard {
    pub(crate) fn holds(self, sha256: &[u8; 32]) -> bool {
        let [a, b, c, d, e, f, g, h, ..] = *sha256;
        u64::from_be_bytes([a, b, c, d, e, f, g, h]) % self.count == self.index - 1
    }

    /// Whether both are parts of as many.
    pub(crate) fn is_of_one_division_with(self, other: Self) -> bool {
        self.count == other.count
    }

    /// All parts of the same division.
    pub(crate) fn all(self) -> impl Iterator<Item = Self> {
        (1..=self.count).map(move |index| Self { index, ..self })
    }

    /// The name of the part in a file name.
    pub(crate) fn suffix(self) -> String {
        format!("{}-of-{}", self.index, self.count)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "must be like 3/8, the third of eight parts, of which there are 10000 at most";
        let (index, count) = text.split_once('/').ok_or(WRONG)?;
        let (index, count) = (index.parse().map_err(|_| WRONG)?, count.parse().map_err(|_| WRONG)?);
        if 1 <= index && index <= count && count <= MOST { Ok(Self { index, count }) } else { Err(WRONG) }
    }
}
