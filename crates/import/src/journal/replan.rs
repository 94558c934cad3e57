//! What is taken up again: what could not be told, what was divided, what was rejected or is missing.

use rusqlite::{OptionalExtension, Transaction, params};

use super::chunks::Member;
use super::records::member;
use super::store::Journal;
use crate::stop::Stop;

impl Journal {
    /// How many records a chunk may have.
    pub(crate) fn chunk_records(&self) -> Result<u64, Stop> {
        Ok(self.meta("chunk_records")?.and_then(|number| number.parse().ok()).unwrap_or(1000))
    }

    /// Whether there is anything of which it could not be told whether it exists.
    pub(crate) fn is_unclear(&self) -> Result<bool, Stop> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT 1 FROM chunk WHERE state = 'unclear' LIMIT 1")?;
        Ok(statement.exists([])?)
    }

    /// What could not be told is looked up once more.
    pub(crate) fn reopen_unclear(&self) -> Result<(), Stop> {
        self.lock().execute("UPDATE chunk SET state = 'unknown' WHERE state = 'unclear'", [])?;
        Ok(())
    }

    /// Joins parts of divided chunks that are to be sent, up to so many records.
    pub(crate) fn join(&self, most: u64) -> Result<(), Stop> {
        self.in_transaction(|transaction| {
            let mut statement = transaction.prepare_cached(
                "SELECT id, members FROM chunk WHERE state = 'planned' AND parent IS NOT NULL AND members < ? ORDER BY first",
            )?;
            let parts: Vec<(i64, u64)> =
                statement.query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
            let mut group: Vec<i64> = Vec::new();
            let mut members = 0;
            for (id, size) in parts {
                if members + size > most {
                    join(transaction, &group)?;
                    group.clear();
                    members = 0;
                }
                group.push(id);
                members += size;
            }
            join(transaction, &group)
        })
    }

    /// Plans what the server rejected, or what was in conflict, once more, and returns how many records these are.
    pub(crate) fn retry_rejected(&self) -> Result<u64, Stop> {
        self.retry("state IN ('rejected', 'conflict')")
    }

    /// Plans once more what had expired by one clock alone.
    pub(crate) fn retry_disputed(&self) -> Result<u64, Stop> {
        self.retry("state = 'disputed'")
    }

    /// Plans what was found to be there already once more, and returns how many records these are.
    pub(crate) fn retry_existing(&self) -> Result<u64, Stop> {
        self.retry("state = 'existing'")
    }

    fn retry(&self, condition: &str) -> Result<u64, Stop> {
        let most = self.chunk_records()?;
        self.in_transaction(|transaction| {
            let mut statement = transaction.prepare(&format!(
                "SELECT number, offset, hash FROM record
                 WHERE {condition} AND chunk IS NOT NULL ORDER BY number",
            ))?;
            let members: Vec<Member> = statement.query_map([], member)?.collect::<Result<_, _>>()?;
            plan_again(transaction, &members, most)?;
            Ok(members.len() as u64)
        })
    }

    /// Plans records that have a verdict once more.
    pub(crate) fn plan_anew(&self, members: &[Member]) -> Result<(), Stop> {
        let most = self.chunk_records()?;
        self.in_transaction(|transaction| plan_again(transaction, members, most))
    }

    /// Notes that tokens have made way for newer ones.
    pub(crate) fn superseded(&self, members: &[Member]) -> Result<(), Stop> {
        self.in_transaction(|transaction| {
            let mut put = transaction.prepare_cached(
                "INSERT OR REPLACE INTO record (number, offset, hash, state, reason)
                 VALUES (?, ?, ?, 'deleted', 'superseded by a later import')",
            )?;
            for member in members {
                if take_out(transaction, *member)? {
                    put.execute(params![member.number, member.offset, member.hash])?;
                }
            }
            Ok(())
        })
    }

    /// Whether a batch with this record has succeeded, so that its token is certainly this import's.
    pub(crate) fn is_own(&self, number: u64) -> Result<bool, Stop> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT chunk.state = 'succeeded' AND coalesce(record.state, 'open') = 'open'
             FROM (SELECT ?1 AS wanted) LEFT JOIN record ON number = wanted
             LEFT JOIN chunk ON CASE WHEN number IS NULL
                 THEN chunk.parent IS NULL AND wanted BETWEEN first AND last AND chunk.state = 'succeeded'
                 ELSE chunk.id = record.chunk END",
        )?;
        let own: Option<Option<bool>> = statement.query_row([number], |row| row.get(0)).optional()?;
        Ok(own.flatten() == Some(true))
    }

    /// Plans records that are missing at the server once more, and returns how many there are. The others are not, as far as
    /// the journal knows, or are planned already.
    pub(crate) fn repair(&self, missing: &[Member]) -> Result<u64, Stop> {
        let most = self.chunk_records()?;
        self.in_transaction(|transaction| {
            let mut members = Vec::new();
            for member in missing {
                if take_out(transaction, *member)? {
                    members.push(*member);
                }
            }
            plan_again(transaction, &members, most)?;
            Ok(members.len() as u64)
        })
    }
}

/// Makes one chunk of several.
fn join(transaction: &Transaction<'_>, group: &[i64]) -> Result<(), Stop> {
    let [first, rest @ ..] = group else {
        return Ok(());
    };
    for part in rest {
        transaction
            .execute("UPDATE record SET chunk = ?1 WHERE chunk = ?2 AND state = 'open'", [first, part])?;
        transaction.execute(
            "UPDATE chunk SET (members, last, tries, losses, hash, sent_at, not_before, rehearsed) = (
                 SELECT chunk.members + part.members, max(chunk.last, part.last), 1, 0, NULL,
                        coalesce(max(chunk.sent_at, part.sent_at), chunk.sent_at, part.sent_at),
                        coalesce(min(chunk.not_before, part.not_before), chunk.not_before, part.not_before), 0
                 FROM chunk AS part WHERE part.id = ?2)
             WHERE id = ?1",
            [first, part],
        )?;
        transaction.execute("UPDATE chunk SET state = 'settled' WHERE id = ?", [part])?;
    }
    Ok(())
}

/// Takes a record out of what counts as there. `false` if it does not count as that.
fn take_out(transaction: &Transaction<'_>, member: Member) -> Result<bool, Stop> {
    let mut of_record = transaction.prepare_cached(
        "SELECT record.state, chunk.id, chunk.state FROM record LEFT JOIN chunk ON chunk.id = record.chunk WHERE number = ?",
    )?;
    type Row = (String, Option<i64>, Option<String>);
    let row: Option<Row> =
        of_record.query_row([member.number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let chunk = match row {
        Some((state, chunk, of_chunk)) => match (state.as_str(), of_chunk.as_deref()) {
            ("created" | "existing" | "conflict", _) => return Ok(true),
            ("open", Some("succeeded")) => chunk,
            _ => return Ok(false),
        },
        None => {
            let mut of_range = transaction.prepare_cached(
                "SELECT id FROM chunk WHERE parent IS NULL AND state = 'succeeded' AND ? BETWEEN first AND last",
            )?;
            of_range.query_row([member.number], |row| row.get(0)).optional()?
        }
    };
    let Some(chunk) = chunk else {
        return Ok(false);
    };
    transaction.execute(
        "UPDATE chunk SET members = members - 1, hash = CASE WHEN parent IS NULL THEN hash END,
         state = CASE members WHEN 1 THEN 'settled' ELSE state END WHERE id = ?",
        [chunk],
    )?;
    Ok(true)
}

/// Puts records into new chunks, to be sent.
fn plan_again(transaction: &Transaction<'_>, members: &[Member], most: u64) -> Result<(), Stop> {
    let most = usize::try_from(most).unwrap_or(usize::MAX).max(1);
    let mut put = transaction.prepare_cached(
        "INSERT OR REPLACE INTO record (number, offset, hash, chunk, state) VALUES (?, ?, ?, ?, 'open')",
    )?;
    let mut forget = transaction.prepare_cached("DELETE FROM finding WHERE number = ?")?;
    for members in members.chunks(most) {
        let (Some(first), Some(last)) = (members.first(), members.last()) else {
            continue;
        };
        transaction.execute(
            "INSERT INTO chunk (parent, first, last, offset, members, state) VALUES (0, ?, ?, ?, ?, 'planned')",
            params![first.number, last.number, first.offset, members.len()],
        )?;
        let id = transaction.last_insert_rowid();
        for member in members {
            put.execute(params![member.number, member.offset, member.hash, id])?;
            forget.execute([member.number])?;
        }
    }
    Ok(())
}
