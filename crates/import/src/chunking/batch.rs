//! The records of a chunk, read from the input and made into a request.

use authlete::Secret;
use authlete::models::TokenCreateRequest;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use sha2::{Digest, Sha256};

use crate::input::hash::sha256;
use crate::input::{Lifetimes, Reader, Record, Row, Shard};
use crate::journal::{Chunk, Journal, Member};
use crate::server::Wanted;
use crate::stop::Stop;

/// A chunk's records. What stands at one index of the three lists is one record.
pub(crate) struct Batch {
    pub(crate) members: Vec<Member>,
    pub(crate) lifetimes: Vec<Lifetimes>,
    pub(crate) request: AuthTokenCreateBatchApiRequest,
    pub(crate) hash: [u8; 32],
}

impl Default for Batch {
    fn default() -> Self {
        let request = AuthTokenCreateBatchApiRequest::new(Vec::<TokenCreateRequest>::new());
        Self { members: Vec::new(), lifetimes: Vec::new(), request, hash: [0; 32] }
    }
}

impl Batch {
    /// Adds a record. `None` if it breaks the rules.
    pub(crate) fn push(&mut self, member: Member, record: Record) -> Option<()> {
        let (request, lifetimes) = record.into_request()?;
        self.members.push(member);
        self.lifetimes.push(lifetimes);
        self.request.request_body.push(request);
        Some(())
    }

    /// Reads the records of a chunk. They must be what they were when it was planned.
    pub(crate) fn load(
        chunk: &Chunk,
        journal: &Journal,
        reader: &mut Reader,
        shard: Option<Shard>,
    ) -> Result<Self, Stop> {
        let mut loading = Loading::default();
        if chunk.listed {
            for member in journal.listed(chunk.id)? {
                loading.take_single(&member, reader)?;
            }
        } else {
            let left_out = journal.left_out(chunk)?;
            reader.seek(chunk.first, chunk.offset)?;
            while let Some(row) = reader.next()? {
                let number = row.number;
                if number > chunk.last {
                    break;
                }
                loading.take(row, shard, left_out.binary_search(&number).is_err())?;
                if number == chunk.last {
                    break;
                }
            }
        }
        let batch = loading.batch;
        let hash = loading.digest.finalize().into();
        if batch.members.len() as u64 != chunk.members || chunk.hash.is_some_and(|known| known != hash) {
            return Err(changed(chunk.first, chunk.last));
        }
        Ok(Self { hash, ..batch })
    }

    /// The tokens to create.
    pub(crate) fn tokens(&self) -> &[TokenCreateRequest] {
        &self.request.request_body
    }

    /// The access tokens, each with its record.
    pub(crate) fn access_tokens(&self) -> Vec<(Member, Secret)> {
        let tokens = self.members.iter().zip(self.tokens());
        tokens.filter_map(|(member, token)| Some((*member, token.access_token.clone()?))).collect()
    }

    /// The records at these indexes, to be looked up.
    pub(crate) fn wanted(&self, indexes: &[usize]) -> Vec<Wanted<'_>> {
        let wanted = |&index: &usize| {
            Some(Wanted { token: self.tokens().get(index)?, lifetimes: *self.lifetimes.get(index)? })
        };
        indexes.iter().filter_map(wanted).collect()
    }

    /// Writes what is left of the lifetimes into the request. Returns the indexes of records that have expired.
    pub(crate) fn age(&mut self, now: i64) -> Vec<usize> {
        let records = self.lifetimes.iter().zip(&mut self.request.request_body).enumerate();
        records
            .filter_map(|(index, (lifetimes, token))| (!lifetimes.apply(token, now)).then_some(index))
            .collect()
    }
}

/// Reads single records, which must be what they were when they were checked.
pub(crate) fn load_members(members: &[Member], reader: &mut Reader) -> Result<Batch, Stop> {
    let mut loading = Loading::default();
    members.iter().try_for_each(|member| loading.take_single(member, reader))?;
    Ok(loading.batch)
}

fn changed(first: u64, last: u64) -> Stop {
    Stop::new(format!(
        "the file has changed since the journal was begun: records {first} to {last} are not what was checked, and this \
         run has sent nothing of them; see \"If the file changes\" in the README"
    ))
}

fn member(row: &Row<'_>) -> Member {
    Member { number: row.number, offset: row.offset, hash: sha256(row.raw) }
}

#[derive(Default)]
struct Loading {
    batch: Batch,
    digest: Sha256,
}

impl Loading {
    /// Takes a record that is known by its hash.
    fn take_single(&mut self, member: &Member, reader: &mut Reader) -> Result<(), Stop> {
        reader.seek(member.number, member.offset)?;
        let row = reader.next()?.filter(|row| sha256(row.raw) == member.hash);
        self.take(row.ok_or_else(|| changed(member.number, member.number))?, None, true)
    }

    /// Takes a record of the chunk's range, which may be another shard's, or no member of the chunk.
    fn take(&mut self, row: Row<'_>, shard: Option<Shard>, is_member: bool) -> Result<(), Stop> {
        let number = row.number;
        let member = member(&row);
        let parsed = row.json.and_then(Record::parse);
        let token = parsed.as_ref().map_or("", Record::access_token);
        if shard.is_some_and(|shard| !shard.holds(&sha256(token))) {
            return Ok(());
        }
        self.digest.update(member.hash);
        if !is_member {
            return Ok(());
        }
        let pushed = parsed.ok().and_then(|record| self.batch.push(member, record));
        pushed.ok_or_else(|| changed(number, number))
    }
}

/// The next record of the shard that can be read as one.
pub(crate) fn next_record(
    reader: &mut Reader,
    shard: Option<Shard>,
) -> Result<Option<(Member, Record)>, Stop> {
    while let Some(row) = reader.next()? {
        let member = member(&row);
        if let Some(record) = row.json.ok().and_then(|json| Record::parse(json).ok())
            && shard.is_none_or(|shard| shard.holds(&sha256(record.access_token())))
        {
            return Ok(Some((member, record)));
        }
    }
    Ok(None)
}
