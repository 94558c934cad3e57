//! Why a walk over a list cannot go on.

use std::error::Error;
use std::fmt;

use crate::error::AuthleteError;

/// Why a walk over a list cannot go on as if nothing had happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum PagesError {
    /// The call for a page failed.
    Call(AuthleteError),
    /// Entries came or went during the walk, so that some may have been skipped or returned twice.
    #[non_exhaustive]
    Changed {
        /// How many entries there were, if the server told.
        before: Option<i64>,
        /// How many there are now, if the server told.
        after: Option<i64>,
        /// The index of the next entry.
        position: i64,
        /// Whether another entry than before precedes the position: what follows is not what would have followed, so that
        /// entries have been skipped or will be repeated. Otherwise entries have come or gone after the position, as at the
        /// end of the list, or as many have come as gone before it.
        is_shifted: bool,
    },
    /// The server answered with another range than the one it was asked for.
    #[non_exhaustive]
    Misplaced {
        /// The index asked for.
        asked: i64,
        /// The index that the answer names.
        answered: i64,
    },
    /// The server answered with no new entry, although it counts more, or repeats the one before.
    #[non_exhaustive]
    Missing {
        /// The index asked for.
        position: i64,
        /// How many entries there are, as the server counts, if it told.
        total: Option<i64>,
    },
    /// The list is longer than the bound on entries allows.
    #[non_exhaustive]
    TooMany {
        /// The bound.
        max_entries: u64,
        /// The index of the next entry.
        position: i64,
    },
}

impl fmt::Display for PagesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(_) => write!(f, "a page of the list could not be read"),
            Self::Changed { position, is_shifted: true, .. } => write!(
                f,
                "the list changed while it was read: another entry than before precedes index {position}; entries may be missing or doubled"
            ),
            Self::Changed { before, after, position, .. } => write!(
                f,
                "the list changed while it was read: {} entries before, {} at index {position}",
                before.unwrap_or_default(),
                after.unwrap_or_default(),
            ),
            Self::Misplaced { asked, answered } => {
                write!(f, "the server was asked for the list from index {asked} and answered from {answered}")
            }
            Self::Missing { position, total: Some(total) } => {
                write!(f, "the server counts {total} entries and answered with none from index {position}")
            }
            Self::Missing { position, total: None } => {
                write!(
                    f,
                    "the server answered with no new entry from index {position}, and does not show that the list ends there"
                )
            }
            Self::TooMany { max_entries, position } => {
                write!(f, "the list goes on after {max_entries} entries, at index {position}")
            }
        }
    }
}

impl Error for PagesError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }
}
