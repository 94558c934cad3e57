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

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::input::{Fingerprint, Format};
use crate::plan::Planner;
use crate::send::EXPIRED;
use crate::shard::Shard;
use crate::stop::Stop;

const VERSION: i64 = 1;

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
    chunk INTEGER,
    state TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX IF NOT EXISTS record_chunk ON record (chunk);
";

/// Writes an enum whose values stand in the database as text.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(FromSqlError::InvalidType),
                }
            }
        }
    };
}

words! {
    /// How far a chunk is.
    State {
        /// Not sent, or provably not accepted.
        Planned = "planned",
        /// About to be sent. Found so after an interruption, it may have been accepted.
        Sending = "sending",
        /// Accepted, and its result awaited.
        Sent = "sent",
        /// All of its tokens have been created.
        Succeeded = "succeeded",
        /// The batch has failed; some of its tokens may have been created.
        Failed = "failed",
        /// The server has refused the request; none of its tokens has been created by it.
        Refused = "refused",
        /// It may have been accepted.
        Unknown = "unknown",
        /// Its records have rows of their own.
        Settled = "settled",
        /// Its tokens have been deleted again.
        Deleted = "deleted",
    }
}

words! {
    /// What became of a record that has a row.
    Verdict {
        /// Its chunk says.
        Open = "open",
        Created = "created",
        Existing = "existing",
        Rejected = "rejected",
        Deleted = "deleted",
    }
}

/// A chunk, as its row has it.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub(crate) id: i64,
    /// Whether its records are listed, rather than a range of the file.
    pub(crate) listed: bool,
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) offset: u64,
    pub(crate) members: u64,
    /// What its records hashed to when it was first sent.
    pub(crate) hash: Option<[u8; 32]>,
    pub(crate) state: State,
    /// How often a batch with its records has failed.
    pub(crate) tries: u32,
    /// How often in a row the outcome of a request with its records was not known.
    pub(crate) losses: u32,
    pub(crate) request_id: Option<String>,
    /// Until when a request with it was or may have been under way, in milliseconds since the Unix epoch.
    pub(crate) sent_at: Option<i64>,
    /// Tokens that were created before this, on the server's clock, were not created by it.
    pub(crate) not_before: Option<i64>,
    /// The server's code for the last failure.
    pub(crate) code: Option<String>,
}

const CHUNK: &str = "id, parent IS NOT NULL, first, last, offset, members, hash, state, tries, losses, request_id, \
                     sent_at, not_before, code";

impl Chunk {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            listed: row.get(1)?,
            first: row.get(2)?,
            last: row.get(3)?,
            offset: row.get(4)?,
            members: row.get(5)?,
            hash: row.get(6)?,
            state: row.get(7)?,
            tries: row.get(8)?,
            losses: row.get(9)?,
            request_id: row.get(10)?,
            sent_at: row.get(11)?,
            not_before: row.get(12)?,
            code: row.get(13)?,
        })
    }
}

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) number: u64,
    pub(crate) offset: u64,
}

/// Records that go on together.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) members: Vec<Member>,
    pub(crate) state: State,
    pub(crate) tries: u32,
    pub(crate) losses: u32,
}

/// How a chunk is settled.
#[derive(Debug, Default)]
pub(crate) struct Settlement {
    pub(crate) verdicts: Vec<(Member, Verdict, Option<String>)>,
    pub(crate) children: Vec<Child>,
}

/// How many records there are of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Counts {
    pub(crate) created: u64,
    pub(crate) existing: u64,
    pub(crate) rejected: u64,
    pub(crate) unknown: u64,
    pub(crate) waiting: u64,
    pub(crate) deleted: u64,
}

/// What the journal is about. It refuses to be used for anything else.
pub(crate) struct Subject {
    /// `None` where the service does not matter.
    pub(crate) service_id: Option<String>,
    pub(crate) format: Format,
    pub(crate) shard: Option<Shard>,
    pub(crate) fingerprint: Fingerprint,
}

/// Which chunks are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    All,
    /// Those that have been sent at some time, and what has become of them.
    Troubled,
}

pub(crate) struct Journal(Mutex<Connection>);

impl Journal {
    /// Opens the journal, or creates it, and locks it until it is closed.
    pub(crate) fn open(path: &Path) -> Result<Self, Stop> {
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

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn in_transaction<T>(&self, body: impl FnOnce(&Transaction<'_>) -> Result<T, Stop>) -> Result<T, Stop> {
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

    /// Refuses another file, service or shard than the journal was made for.
    pub(crate) fn must_be_about(&self, subject: &Subject) -> Result<(), Stop> {
        let Some(version) = self.meta("version")? else {
            return Err(Stop::new("the journal is empty: nothing has been run"));
        };
        if version != VERSION.to_string() {
            return Err(Stop::new("the journal was made by another version of this tool"));
        }
        for (key, value) in subject.entries() {
            if self.meta(key)?.as_deref() != Some(value.as_str()) {
                return Err(Stop::new(match key {
                    "service" => "the journal is of another service",
                    "shard" => "the journal is of another shard",
                    "format" => "the journal is of a file of another format",
                    _ => "the file has changed since the journal was begun",
                }));
            }
        }
        Ok(())
    }

    /// Plans the chunks while the file is read. Nothing of it stays unless `confirm` agrees at the end.
    pub(crate) fn plan<T>(
        &self,
        chunk_records: u64,
        chunk_bytes: u64,
        pass: impl FnOnce(&mut Planner<'_>) -> Result<T, Stop>,
        confirm: impl FnOnce(&T) -> Result<Subject, Stop>,
    ) -> Result<T, Stop> {
        self.in_transaction(|transaction| {
            let mut planner = Planner::new(transaction, chunk_records, chunk_bytes);
            let outcome = pass(&mut planner)?;
            planner.finish()?;
            let subject = confirm(&outcome)?;
            set_meta(transaction, "version", &VERSION.to_string())?;
            for (key, value) in subject.entries() {
                set_meta(transaction, key, &value)?;
            }
            Ok(outcome)
        })
    }

    /// The next chunk after `id` that is planned and has not been rehearsed.
    pub(crate) fn next_unrehearsed(&self, id: i64) -> Result<Option<Chunk>, Stop> {
        self.next("state = 'planned' AND rehearsed = 0", id)
    }

    /// The next chunk after `id` that is to be sent, or whose result is awaited.
    pub(crate) fn next_to_send(&self, scope: Scope, id: i64) -> Result<Option<Chunk>, Stop> {
        match scope {
            Scope::All => self.next("state IN ('planned', 'sent')", id),
            Scope::Troubled => self.next("state IN ('planned', 'sent') AND sent_at IS NOT NULL", id),
        }
    }

    /// The next chunk after `id` that has run into trouble.
    pub(crate) fn next_troubled(&self, id: i64) -> Result<Option<Chunk>, Stop> {
        self.next("state IN ('sending', 'unknown', 'failed', 'refused')", id)
    }

    /// The next chunk after `id` whose tokens this import has created.
    pub(crate) fn next_succeeded(&self, id: i64) -> Result<Option<Chunk>, Stop> {
        self.next("state = 'succeeded'", id)
    }

    fn next(&self, condition: &str, id: i64) -> Result<Option<Chunk>, Stop> {
        let connection = self.lock();
        let query = format!("SELECT {CHUNK} FROM chunk WHERE id > ? AND {condition} ORDER BY id LIMIT 1");
        let mut statement = connection.prepare_cached(&query)?;
        Ok(statement.query_row([id], Chunk::from_row).optional()?)
    }

    /// The records of a listed chunk, in order.
    pub(crate) fn listed(&self, chunk: i64) -> Result<Vec<Member>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT number, offset FROM record WHERE chunk = ? AND state = 'open' ORDER BY number",
        )?;
        let members = statement
            .query_map([chunk], |row| Ok(Member { number: row.get(0)?, offset: row.get(1)? }))?
            .collect::<Result<_, _>>()?;
        Ok(members)
    }

    /// The records of a range that are not its chunk's, in order.
    pub(crate) fn left_out(&self, chunk: &Chunk) -> Result<Vec<u64>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT number FROM record WHERE number BETWEEN ? AND ? AND chunk IS NULL ORDER BY number",
        )?;
        let numbers =
            statement.query_map([chunk.first, chunk.last], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(numbers)
    }

    /// Before a request: that it is about to be sent, what it holds, and until when it may be under way.
    pub(crate) fn sending(
        &self,
        chunk: i64,
        hash: &[u8; 32],
        until: i64,
        server_now: Option<i64>,
    ) -> Result<(), Stop> {
        let changed = self.lock().execute(
            "UPDATE chunk SET state = 'sending', hash = ?2, sent_at = ?3,
             not_before = CASE WHEN sent_at IS NULL THEN ?4 ELSE not_before END
             WHERE id = ?1 AND state = 'planned'",
            params![chunk, hash, until, server_now],
        )?;
        if changed == 1 { Ok(()) } else { Err(Stop::new("the journal contradicts itself")) }
    }

    /// After a request that was accepted.
    pub(crate) fn sent(&self, chunk: i64, request_id: &str) -> Result<(), Stop> {
        self.lock().execute(
            "UPDATE chunk SET state = 'sent', request_id = ?2, losses = 0 WHERE id = ?1",
            params![chunk, request_id],
        )?;
        Ok(())
    }

    /// After a request that was provably not accepted. A chunk that is not the rest of another is then as good as new.
    pub(crate) fn unsent(&self, chunk: i64) -> Result<(), Stop> {
        self.lock().execute(
            "UPDATE chunk SET state = 'planned',
             sent_at = CASE WHEN parent IS NULL THEN NULL ELSE sent_at END,
             not_before = CASE WHEN parent IS NULL THEN NULL ELSE not_before END
             WHERE id = ?",
            [chunk],
        )?;
        Ok(())
    }

    /// After a request of which it is not known whether it was accepted. Until now it may have been under way.
    pub(crate) fn lost(&self, chunk: i64, now: i64) -> Result<State, Stop> {
        self.lock()
            .execute("UPDATE chunk SET state = 'unknown', sent_at = ?2 WHERE id = ?1", params![chunk, now])?;
        Ok(State::Unknown)
    }

    /// Notes a chunk's new state, and the server's code for it, and returns the state.
    pub(crate) fn set_state(&self, chunk: i64, state: State, code: Option<&str>) -> Result<State, Stop> {
        self.lock().execute(
            "UPDATE chunk SET state = ?2, code = coalesce(?3, code) WHERE id = ?1",
            params![chunk, state, code],
        )?;
        Ok(state)
    }

    pub(crate) fn rehearsed(&self, chunk: i64) -> Result<(), Stop> {
        self.lock().execute("UPDATE chunk SET rehearsed = 1 WHERE id = ?", [chunk])?;
        Ok(())
    }

    /// Gives each record of a chunk a verdict or a new chunk.
    pub(crate) fn settle(&self, chunk: &Chunk, settlement: &Settlement) -> Result<(), Stop> {
        self.in_transaction(|transaction| {
            let mut put = transaction.prepare_cached(
                "INSERT OR REPLACE INTO record (number, offset, chunk, state, reason) VALUES (?, ?, ?, ?, ?)",
            )?;
            for (member, verdict, reason) in &settlement.verdicts {
                put.execute(params![member.number, member.offset, chunk.id, verdict, reason])?;
            }
            for child in &settlement.children {
                let (Some(first), Some(last)) = (child.members.first(), child.members.last()) else {
                    continue;
                };
                transaction.execute(
                    "INSERT INTO chunk
                     (parent, first, last, offset, members, state, tries, losses, sent_at, not_before, code)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    params![
                        chunk.id,
                        first.number,
                        last.number,
                        first.offset,
                        child.members.len(),
                        child.state,
                        child.tries,
                        child.losses,
                        chunk.sent_at,
                        chunk.not_before,
                        chunk.code,
                    ],
                )?;
                let id = transaction.last_insert_rowid();
                for member in &child.members {
                    put.execute(params![member.number, member.offset, id, Verdict::Open, None::<String>])?;
                }
            }
            transaction.execute("UPDATE chunk SET state = 'settled' WHERE id = ?", [chunk.id])?;
            Ok(())
        })
    }

    /// The records with a verdict of their own, a page of them after this number.
    pub(crate) fn created_alone(&self, after: u64, limit: usize) -> Result<Vec<Member>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT number, offset FROM record WHERE state = 'created' AND number > ? ORDER BY number LIMIT ?",
        )?;
        let members = statement
            .query_map(params![after, limit], |row| Ok(Member { number: row.get(0)?, offset: row.get(1)? }))?
            .collect::<Result<_, _>>()?;
        Ok(members)
    }

    pub(crate) fn deleted_alone(&self, members: &[Member]) -> Result<(), Stop> {
        self.in_transaction(|transaction| {
            for member in members {
                transaction
                    .execute("UPDATE record SET state = 'deleted' WHERE number = ?", [member.number])?;
            }
            Ok(())
        })
    }

    pub(crate) fn counts(&self) -> Result<Counts, Stop> {
        let connection = self.lock();
        let mut counts = Counts::default();
        let mut add = |state: &str, number: u64| match state {
            "succeeded" | "created" => counts.created += number,
            "existing" => counts.existing += number,
            "rejected" => counts.rejected += number,
            "planned" => counts.waiting += number,
            "deleted" => counts.deleted += number,
            _ => counts.unknown += number,
        };
        for query in [
            "SELECT state, sum(members) FROM chunk WHERE state <> 'settled' GROUP BY state",
            "SELECT state, count(*) FROM record WHERE state <> 'open' GROUP BY state",
        ] {
            let mut statement = connection.prepare_cached(query)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                add(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, row.get(1)?);
            }
        }
        Ok(counts)
    }

    /// How many records the server has rejected, rather than the check or the passing of time.
    pub(crate) fn rejected_by_server(&self) -> Result<u64, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT count(*) FROM record WHERE state = 'rejected' AND chunk IS NOT NULL AND reason IS NOT ?",
        )?;
        Ok(statement.query_row([EXPIRED], |row| row.get(0))?)
    }

    /// What became of each record that has a row, a page of them from this number on.
    pub(crate) fn outcomes(&self, from: u64, limit: usize) -> Result<Vec<Outcome>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT record.number, CASE record.state WHEN 'open' THEN chunk.state ELSE record.state END, reason
             FROM record LEFT JOIN chunk ON chunk.id = record.chunk
             WHERE number >= ? ORDER BY number LIMIT ?",
        )?;
        let rows = statement
            .query_map(params![from, limit], |row| {
                Ok(Outcome { number: row.get(0)?, state: row.get(1)?, reason: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The range of the file with this record.
    pub(crate) fn range_with(&self, number: u64) -> Result<Option<(u64, State)>, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT last, state FROM chunk WHERE parent IS NULL AND last >= ? ORDER BY id LIMIT 1",
        )?;
        Ok(statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }
}

/// What became of a record that has a row.
pub(crate) struct Outcome {
    pub(crate) number: u64,
    /// A [`State`] or [`Verdict`] in words.
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
}

fn set_meta(connection: &Connection, key: &str, value: &str) -> Result<(), Stop> {
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [key, value])?;
    Ok(())
}

impl Subject {
    fn entries(&self) -> Vec<(&'static str, String)> {
        let mut entries = vec![
            ("bytes", self.fingerprint.bytes.to_string()),
            ("sha256", hex(&self.fingerprint.sha256)),
            ("format", format!("{:?}", self.format).to_lowercase()),
            ("shard", self.shard.map_or_else(|| "1/1".to_owned(), |shard| shard.to_string())),
        ];
        if let Some(id) = &self.service_id {
            entries.insert(0, ("service", id.clone()));
        }
        entries
    }
}

/// A hash in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
