//! Why the tool could not finish.

use std::fmt;

/// One line for the user. It never holds a token: what the server or the input says is not repeated.
#[derive(Debug)]
pub(crate) struct Stop(String);

impl Stop {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// Says what was being done when it happened.
    pub(crate) fn during(what: &str, error: impl fmt::Display) -> Self {
        Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, NotADatabase, ReadOnly};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::new("the journal is in use by another process"),
            Some(NotADatabase) => Self::new("the journal is not a journal of this tool"),
            Some(ReadOnly) => Self::new(
                "the journal may not be written here: even to read it takes the right to write it, because of the index that \
                 SQLite keeps beside it; copy it, with its -wal if there is one, and name the copy with --journal",
            ),
            _ => Self::during("the journal cannot be used", error),
        }
    }
}
