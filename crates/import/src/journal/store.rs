//! What has been done, so that it can be gone on with after any interruption.
//!
//! An SQLite database in WAL mode with `synchronous=FULL`: what a transaction has written survives a power cut. It holds
//! numbers, offsets, hashes, states and request IDs, and no token.
//!
//! A chunk is a row; as long as all goes well its records are not listed, being a range of the file. A chunk that runs into
//! trouble is settled: each of its records gets a row, with a verdict of its own or a new chunk that carries it on.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::owner_only;
use crate::stop::Stop;

pub(super) const VERSION: i64 = 2;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunk (
    id INTEGER PRIMARY KEY,
    parent INTEGER,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    members INTEGER NOT NULL,
    hash BLOB,
    state TEXT NOT NULL,
    rehearsed INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    losses INTEGER NOT NULL DEFAULT 0,
    request_id TEXT,
    sent_at INTEGER,
    not_before INTEGER,
    code TEXT
);
CREATE INDEX IF NOT EXISTS chunk_state ON chunk (state, id);
CREATE TABLE IF NOT EXISTS record (
    number INTEGER PRIMARY KEY,
    offset INTEGER NOT NULL DEFAULT 0,
    hash BLOB,
    chunk INTEGER,
    state TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX IF NOT EXISTS record_chunk ON record (chunk);
";

pub(crate) struct Journal(Mutex<Connection>);

impl Journal {
    /// Opens the journal, or creates it, and locks it until it is closed.
    pub(crate) fn open(path: &Path) -> Result<Self, Stop> {
        // SQLite gives the files beside it the same mode. Where this fails, opening tells why.
        let _ = owner_only::file().open(path);
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::ZERO)?;
        // Without other processes WAL needs no shared memory, and the lock dies with this one.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -4096)?;
        connection.execute_batch("BEGIN EXCLUSIVE")?;
        connection.execute_batch(SCHEMA)?;
        connection.execute_batch("COMMIT")?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Opens a journal that must exist.
    pub(crate) fn open_existing(path: &Path) -> Result<Self, Stop> {
        if !path.exists() {
            return Err(Stop::new(format!(
                "there is no journal at {}: nothing has been run",
                path.display()
            )));
        }
        Self::open(path)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn in_transaction<T>(
        &self,
        body: impl FnOnce(&Transaction<'_>) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let value = body(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    pub(crate) fn meta(&self, key: &str) -> Result<Option<String>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    pub(crate) fn set_meta(&self, key: &str, value: &str) -> Result<(), Stop> {
        set_meta(&self.lock(), key, value)
    }

    pub(crate) fn is_planned(&self) -> Result<bool, Stop> {
        Ok(self.meta("version")?.is_some())
    }
}

pub(super) fn set_meta(connection: &Connection, key: &str, value: &str) -> Result<(), Stop> {
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [key, value])?;
    Ok(())
}
