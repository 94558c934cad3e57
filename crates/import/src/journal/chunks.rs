//! The chunks: which there are, and what becomes of them.

use rusqlite::{OptionalExtension, Row, params};

use super::states::{ChunkState, Outcome};
use super::store::Journal;
use crate::stop::Stop;

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
    /// What its records hashed to when it was planned, or first sent if they are listed.
    pub(crate) hash: Option<[u8; 32]>,
    pub(crate) state: ChunkState,
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

/// Where a record is, and by which hash it is known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) hash: [u8; 32],
}

/// Records that go on together.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) members: Vec<Member>,
    pub(crate) state: ChunkState,
    pub(crate) tries: u32,
    pub(crate) losses: u32,
}

/// How a chunk is settled.
#[derive(Debug, Default)]
pub(crate) struct Settlement {
    pub(crate) outcomes: Vec<(Member, Outcome, Option<String>)>,
    pub(crate) children: Vec<Child>,
}

/// Which chunks are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    All,
    /// Those that have been sent at some time, and what has become of them.
    Unsettled,
}

impl Journal {
    /// The next chunk after `id` that is planned and has not been rehearsed.
    pub(crate) fn next_unrehearsed(&self, id: i64) -> Result<Option<Chunk>, Stop> {
        self.next("state = 'planned' AND rehearsed = 0", id)
    }

    /// The next chunk after `id` that is to be sent, or whose result is awaited.
    pub(crate) fn next_to_send(&self, scope: Scope, id: i64) -> Result<Option<Chunk>, Stop> {
        match scope {
            Scope::All => self.next("state IN ('planned', 'sent')", id),
            Scope::Unsettled => self.next("state IN ('planned', 'sent') AND sent_at IS NOT NULL", id),
        }
    }

    /// The next chunk after `id` that nothing has been done with.
    pub(crate) fn next_planned(&self, id: i64) -> Result<Option<Chunk>, Stop> {
        self.next("state = 'planned'", id)
    }

    /// The next chunk after `id` that has run into trouble.
    pub(crate) fn next_unsettled(&self, id: i64) -> Result<Option<Chunk>, Stop> {
        self.next("state IN ('sending', 'unknown', 'failed', 'refused')", id)
    }

    /// The next chunk after `id` whose tokens this import has created, and none of which has been looked at since.
    pub(crate) fn next_unprobed(&self, id: i64) -> Result<Option<Chunk>, Stop> {
        self.next("state = 'succeeded' AND probed = 0", id)
    }

    /// Notes that tokens of a chunk have been looked at.
    pub(crate) fn probed(&self, chunk: i64) -> Result<(), Stop> {
        self.lock().execute("UPDATE chunk SET probed = 1 WHERE id = ?", [chunk])?;
        Ok(())
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

    /// The chunk that speaks for a record that has a row.
    pub(crate) fn chunk_of(&self, number: u64) -> Result<Option<Chunk>, Stop> {
        let connection = self.lock();
        let query =
            format!("SELECT {CHUNK} FROM chunk WHERE id = (SELECT chunk FROM record WHERE number = ?)");
        let mut statement = connection.prepare_cached(&query)?;
        Ok(statement.query_row([number], Chunk::from_row).optional()?)
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
    pub(crate) fn lost(&self, chunk: i64, now: i64) -> Result<ChunkState, Stop> {
        self.lock()
            .execute("UPDATE chunk SET state = 'unknown', sent_at = ?2 WHERE id = ?1", params![chunk, now])?;
        Ok(ChunkState::Unknown)
    }

    /// Notes a chunk's new state, and the server's code for it, and returns the state.
    pub(crate) fn set_state(
        &self,
        chunk: i64,
        state: ChunkState,
        code: Option<&str>,
    ) -> Result<ChunkState, Stop> {
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
                "INSERT OR REPLACE INTO record (number, offset, hash, chunk, state, reason) VALUES (?, ?, ?, ?, ?, ?)",
            )?;
            for (member, verdict, reason) in &settlement.outcomes {
                put.execute(params![member.number, member.offset, member.hash, chunk.id, verdict, reason])?;
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
                    let Member { number, offset, hash } = member;
                    put.execute(params![number, offset, hash, id, "open", None::<String>])?;
                }
            }
            transaction.execute("UPDATE chunk SET state = 'settled' WHERE id = ?", [chunk.id])?;
            Ok(())
        })
    }
}
