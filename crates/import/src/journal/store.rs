//! What has been done, so that it can be gone on with after any interruption.
//!
//! An SQLite database in WAL mode with `synchronous=FULL`: what a transaction has written survives a power cut. It holds
//! numbers, offsets, hashes, states and request IDs, and no token.
//!
//! A chunk is a row; as long as all goes well its records are not listed, being a range of the file. A chunk that runs into
//! trouble is settled: each of its records gets a row, with a verdict of its own or a new chunk that carries it on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use super::lock::Lock;
use crate::clock::now;
use crate::owner_only;
use crate::stop::Stop;

pub(super) const VERSION: i64 = 3;

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
    probed INTEGER NOT NULL DEFAULT 0,
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
CREATE INDEX IF NOT EXISTS chunk_range ON chunk (first) WHERE parent IS NULL;
CREATE TABLE IF NOT EXISTS finding (
    number INTEGER PRIMARY KEY,
    offset INTEGER NOT NULL,
    hash BLOB NOT NULL,
    flaw TEXT NOT NULL,
    members TEXT NOT NULL
);
";

pub(crate) struct Journal {
    connection: Mutex<Connection>,
    path: PathBuf,
    /// Whether this process has made its file.
    is_made: bool,
    /// `None` for one that is only read.
    lock: Option<Lock>,
}

impl Journal {
    /// Opens the journal, or creates it, to be written by this process alone.
    pub(crate) fn open(path: &Path) -> Result<Self, Stop> {
        if path.exists() {
            // Before anything is written to it or beside it.
            must_be_journal(&look_into(path)?)?;
        }
        let lock = Lock::take(path)?;
        // SQLite gives the files beside it the same mode. Where this fails, opening tells why.
        let is_made = owner_only::file().create_new(true).open(target(path)).is_ok();
        owner_only::keep(path)
            .map_err(|error| Stop::during("the journal cannot be made its owner's alone", error))?;
        let connection = Connection::open(plain(path))?;
        // Those who read hold it only for moments.
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -4096)?;
        connection.execute_batch("BEGIN EXCLUSIVE")?;
        connection.execute_batch(SCHEMA)?;
        connection.execute_batch("COMMIT")?;
        Ok(Self { connection: Mutex::new(connection), path: path.to_owned(), is_made, lock: Some(lock) })
    }

    /// Opens a journal that must exist.
    pub(crate) fn open_existing(path: &Path) -> Result<Self, Stop> {
        must_exist(path)?;
        Self::open(path)
    }

    /// Opens a journal that must exist to be read, while another process may write it.
    pub(crate) fn view(path: &Path) -> Result<Self, Stop> {
        must_exist(path)?;
        let connection = look_into(path)?;
        if !must_be_journal(&connection)? {
            return Err(Stop::new("the journal is empty: nothing has been run"));
        }
        Ok(Self { connection: Mutex::new(connection), path: path.to_owned(), is_made: false, lock: None })
    }

    /// Removes it from the disk, if this process has made it.
    pub(crate) fn remove(self) {
        let Self { connection, path, is_made, lock } = self;
        drop(connection);
        if let Some(lock) = lock {
            lock.remove(&path, is_made);
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads from now on as it is at the first look, whatever another process writes.
    pub(crate) fn freeze(&self) -> Result<(), Stop> {
        Ok(self.lock().execute_batch("BEGIN")?)
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

    /// Whether the server that it is about has been reached. Until then it is no more than a draft.
    pub(crate) fn is_connected(&self) -> Result<bool, Stop> {
        if self.meta("version")?.is_some_and(|version| version != VERSION.to_string()) {
            return Err(Stop::new("the journal was made by another version of this tool"));
        }
        Ok(self.meta("connected")?.is_some())
    }

    /// Writes what those may write who only read it otherwise, while another process may write it, too.
    pub(super) fn write_as_reader(
        &self,
        body: impl FnOnce(&Transaction<'_>) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let mut connection = self.lock();
        connection.pragma_update(None, "query_only", false)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        body(&transaction)?;
        transaction.commit()?;
        connection.pragma_update(None, "query_only", self.lock.is_none())?;
        Ok(())
    }

    /// Notes that the server it is about has another name.
    pub(crate) fn rename_server(&self, base_url: &str) -> Result<(), Stop> {
        self.write_as_reader(|transaction| {
            transaction.execute("UPDATE meta SET value = ? WHERE key = 'server'", [base_url])?;
            Ok(())
        })
    }

    /// Whether another process writes it.
    pub(crate) fn is_in_use(&self) -> bool {
        self.lock.is_none() && Lock::is_taken(&self.path)
    }

    /// Notes that a run has ended.
    pub(crate) fn end(&self) -> Result<(), Stop> {
        self.set_meta("ended_at", &now().to_string())
    }

    pub(crate) fn connected(&self) -> Result<(), Stop> {
        self.set_meta("connected", "yes")
    }
}

/// Opens a file to be read alone.
fn look_into(path: &Path) -> Result<Connection, Stop> {
    // What another process has written lies beside it, and cannot be read without writing to the index of that.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(plain(path), flags)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -4096)?;
    Ok(connection)
}

/// Refuses a database of something else. `false` if there is nothing in it yet.
fn must_be_journal(connection: &Connection) -> Result<bool, Stop> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_master WHERE type <> 'index' AND name NOT GLOB 'sqlite_*' ORDER BY name",
    )?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    match tables.as_slice() {
        [] => Ok(false),
        tables if tables == ["chunk", "finding", "meta", "record"] => Ok(true),
        _ => Err(Stop::new("the journal is not a journal of this tool")),
    }
}

/// Where a link leads, so that what is created there is the owner's alone: a dangling one would be followed later.
fn target(path: &Path) -> PathBuf {
    /// As many as Linux follows.
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(link) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(link);
    }
    path
}

/// A path that SQLite takes for one, whatever it looks like: to it, `:memory:` and `file:` are no names of files.
fn plain(path: &Path) -> PathBuf {
    if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() }
}

pub(super) fn set_meta(connection: &Connection, key: &str, value: &str) -> Result<(), Stop> {
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [key, value])?;
    Ok(())
}

fn must_exist(path: &Path) -> Result<(), Stop> {
    if path.exists() {
        return Ok(());
    }
    Err(Stop::new(format!("there is no journal at {}: nothing has been run", path.display())))
}
