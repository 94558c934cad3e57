//! `run --supersede`: deletes what an earlier import created, where the file has its refresh token with a newer access token.
//!
//! A server that does not rotate refresh tokens exports one again with each new access token. Authlete, which has it, would
//! refuse the new pair. The old one goes right before the batch with the new one, and for no other record; the next batch of
//! this kind waits until the new ones are there.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use tokio::sync::Mutex;

use crate::chunking::{Batch, Job, load_members, next_record, place, sampled};
use crate::count::{count, verb};
use crate::input::hash::{hex, sha256};
use crate::input::{Compared, Duplicates, Format, Input, Reader, ReadingArgs, Record, Shard};
use crate::journal::{Journal, KNOWN_REFRESH_TOKEN, Member, Outcome, Outcomes};
use crate::server::{Server, delete};
use crate::stop::Stop;
use crate::terminal::Progress;

/// Marks the numbers of the earlier file.
const EARLIER: u64 = 1 << 60;

/// What makes way for records of this import.
#[derive(Default)]
pub(crate) struct Superseded {
    earlier: Vec<Earlier>,
    /// The records it makes way for, by their numbers.
    newer: HashMap<u64, Member>,
    /// How many tokens have been deleted.
    deleted: AtomicUsize,
}

/// An earlier import.
struct Earlier {
    journal: Journal,
    input: Input,
    shard: Option<Shard>,
    /// Its file, opened to be read at any place.
    reader: Mutex<Reader>,
    /// Its records, by the numbers of those they make way for.
    old: HashMap<u64, Vec<Member>>,
}

impl Superseded {
    /// Finds the tokens that this import takes the place of, and that the earlier ones have certainly created. Records that
    /// are in conflict with these are planned again.
    pub(crate) fn find(job: &Job, journals: &[PathBuf], reading: &ReadingArgs) -> Result<Self, Stop> {
        let mut found = Self::default();
        let mut conflicts = BTreeMap::new();
        for path in journals {
            let mut earlier = Earlier::open(Journal::open_existing(path)?, reading)?;
            let pairs = pairs(job, &earlier)?;
            let candidates = candidates(job, &pairs)?;
            let left = earlier.find(&pairs, &candidates)?;
            if left > 0 {
                job.progress.note(&format!(
                    "{left} are left alone: it is not certain that the earlier import created them"
                ));
            }
            for newer in earlier.old.keys().filter_map(|number| candidates.get(number)) {
                found.newer.insert(newer.member.number, newer.member);
                if newer.is_in_conflict {
                    conflicts.insert(newer.member.number, newer.member);
                }
            }
            found.earlier.push(earlier);
        }
        job.journal.plan_anew(&conflicts.into_values().collect::<Vec<_>>())?;
        Ok(found)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.newer.is_empty()
    }

    /// Whether something makes way for the record.
    pub(super) fn makes_way_for(&self, number: u64) -> bool {
        self.newer.contains_key(&number)
    }

    /// Whether something makes way for a record of the batch, which is sent with its refresh token.
    pub(super) fn concerns(&self, batch: &Batch) -> bool {
        !self.is_empty() && self.making_way(batch).next().is_some()
    }

    fn making_way<'a>(&'a self, batch: &'a Batch) -> impl Iterator<Item = u64> + 'a {
        let records = batch.members.iter().zip(batch.tokens());
        let records = records.filter(|(member, token)| {
            token.refresh_token.is_some() && self.newer.get(&member.number) == Some(member)
        });
        records.map(|(member, _)| member.number)
    }

    /// Deletes the tokens whose place records of the batch take, which is sent next.
    pub(super) async fn make_way(&self, server: &Arc<Server>, batch: &Batch) -> Result<(), Stop> {
        for earlier in &self.earlier {
            let going: Vec<Member> = self
                .making_way(batch)
                .filter_map(|number| earlier.old.get(&number))
                .flatten()
                .copied()
                .collect();
            if going.is_empty() {
                continue;
            }
            let old = load_members(&going, &mut *earlier.reader.lock().await)?;
            let (gone, stop) = delete(server, old.access_tokens()).await;
            let gone: Vec<Member> = gone.into_iter().map(|(member, _)| member).collect();
            earlier.journal.superseded(&gone)?;
            self.deleted.fetch_add(gone.len(), Ordering::Relaxed);
            if let Some(stop) = stop {
                return Err(stop);
            }
        }
        Ok(())
    }

    /// Says how many tokens have made way, and how many have not.
    pub(crate) fn tell(&self, progress: &Progress) {
        if self.earlier.is_empty() {
            return;
        }
        let deleted = self.deleted.load(Ordering::Relaxed);
        let (tokens, are) = (count(deleted as u64, "token"), verb(deleted as u64, "is", "are"));
        progress.note(&format!("{tokens} of the earlier import {are} superseded and deleted"));
        let all: usize = self.earlier.iter().flat_map(|earlier| earlier.old.values()).map(Vec::len).sum();
        if all > deleted {
            let kept = (all - deleted) as u64;
            let stay = verb(kept, "stays", "stay");
            progress.note(&format!(
                "{kept} {stay}, because the record with the newer one was not sent, or the older one had gone"
            ));
        }
    }
}

impl Earlier {
    /// The import of a journal, which must be of this service, and its file as it was.
    fn open(journal: Journal, reading: &ReadingArgs) -> Result<Self, Stop> {
        let input = file_of(&journal, reading)?;
        must_be_here(&journal, &input)?;
        let input = sampled(input, &journal)?;
        let shard = journal.meta("shard")?.and_then(|shard| shard.parse().ok());
        let reader = Mutex::new(Reader::open(&input, false)?);
        Ok(Self { journal, input, shard, reader, old: HashMap::new() })
    }

    /// Finds what makes way. Returns how many tokens do not, because they may be another's.
    fn find(&mut self, pairs: &HashMap<u64, u64>, candidates: &HashMap<u64, Candidate>) -> Result<u64, Stop> {
        let mut reader = Reader::open(&self.input, false)?;
        let mut outcomes = Outcomes::new(&self.journal)?;
        let mut left = 0;
        while let Some((member, record)) = next_record(&mut reader, self.shard)? {
            let newer = pairs.get(&member.number).and_then(|number| candidates.get(number));
            // The same pair again is no newer one.
            let Some(newer) = newer.filter(|newer| newer.token != sha256(record.access_token())) else {
                continue;
            };
            if self.journal.is_own(member.number)? {
                self.old.entry(newer.member.number).or_default().push(member);
            } else if outcomes.of(member.number)?.0 != Outcome::Deleted {
                left += 1;
            }
        }
        Ok(left)
    }
}

/// The file that a journal is about, read as it was then: like this import's, or without its maps.
fn file_of(journal: &Journal, reading: &ReadingArgs) -> Result<Input, Stop> {
    let Some(file) = journal.meta("file")?.map(PathBuf::from) else {
        return Err(Stop::new("the journal to be superseded does not tell its file"));
    };
    let format = journal.meta("format")?;
    let format = format.and_then(|format| Format::from_str(&format, true).ok());
    let delimiter = reading.delimiter.filter(|_| format == Some(Format::Csv));
    let told = ReadingArgs { delimiter, ..reading.clone() };
    let plain = ReadingArgs { delimiter, ..ReadingArgs::default() };
    let columns = journal.meta("columns")?.unwrap_or_default();
    if let Some(plan) = journal.meta("plan")? {
        return Input::with_kept_plan(&file, &ReadingArgs::default(), Some(&plan));
    }
    for way in [told, plain] {
        // A plan says the format itself.
        let format = format.filter(|_| way.plan.is_none());
        let input = Input::new(&file, &ReadingArgs { format, ..way })?;
        if input.columns().hash().map_or_else(String::new, |hash| hex(&hash)) == columns {
            return Ok(input);
        }
    }
    Err(Stop::new("the file of the journal to be superseded was read with another --map or --map-values"))
}

/// The earlier import must be of this service, and its file as it was.
fn must_be_here(journal: &Journal, input: &Input) -> Result<(), Stop> {
    let here = place()?;
    if journal.meta("server")? != Some(here.base_url) || journal.meta("service")? != Some(here.service_id) {
        return Err(Stop::new("the journal to be superseded is of another service"));
    }
    let is_same = journal.meta("sha256")? == Some(hex(&input.fingerprint()?.sha256));
    if !is_same {
        return Err(Stop::new("the file of the journal to be superseded has changed"));
    }
    Ok(())
}

/// The refresh token of a record, if it goes with the record.
fn refresh_token(record: &Record) -> Option<[u8; 32]> {
    record.refresh_token.as_ref().filter(|_| record.is_refreshable()).map(|token| sha256(token.expose()))
}

/// Whether the record is sent if its refresh token is free.
fn is_to_be_sent(told: &(Outcome, Option<String>)) -> bool {
    told.0 == Outcome::Waiting || is_in_conflict(told)
}

fn is_in_conflict((outcome, reason): &(Outcome, Option<String>)) -> bool {
    *outcome == Outcome::Conflict && reason.as_deref() == Some(KNOWN_REFRESH_TOKEN)
}

/// The earlier records that have a refresh token in common with records that are to be sent, and which these are.
fn pairs(job: &Job, earlier: &Earlier) -> Result<HashMap<u64, u64>, Stop> {
    let mut values = Duplicates::new();
    let mut reader = Reader::open(&job.input, false)?;
    let mut outcomes = Outcomes::new(&job.journal)?;
    while let Some((member, record)) = next_record(&mut reader, job.shard)? {
        if let Some(token) = refresh_token(&record)
            && is_to_be_sent(&outcomes.of(member.number)?)
        {
            values.add(Compared::RefreshToken, &token, member.number)?;
        }
    }
    let mut reader = Reader::open(&earlier.input, false)?;
    while let Some((member, record)) = next_record(&mut reader, earlier.shard)? {
        if let Some(token) = refresh_token(&record) {
            values.add(Compared::RefreshToken, &token, EARLIER + member.number)?;
        }
    }
    let mut pairs = HashMap::new();
    values.finish(|_, later, first| {
        if first < EARLIER && later >= EARLIER {
            pairs.insert(later - EARLIER, first);
        }
        Ok::<_, Stop>(())
    })?;
    Ok(pairs)
}

/// A record that may take the place of an earlier one.
struct Candidate {
    member: Member,
    /// The hash of its access token.
    token: [u8; 32],
    is_in_conflict: bool,
}

/// The records of this import that have a refresh token in common with earlier ones.
fn candidates(job: &Job, pairs: &HashMap<u64, u64>) -> Result<HashMap<u64, Candidate>, Stop> {
    let wanted: HashSet<u64> = pairs.values().copied().collect();
    let mut candidates = HashMap::new();
    let mut reader = Reader::open(&job.input, false)?;
    let mut outcomes = Outcomes::new(&job.journal)?;
    while let Some((member, record)) = next_record(&mut reader, job.shard)? {
        if wanted.contains(&member.number) {
            let token = sha256(record.access_token());
            let is_in_conflict = is_in_conflict(&outcomes.of(member.number)?);
            candidates.insert(member.number, Candidate { member, token, is_in_conflict });
        }
    }
    Ok(candidates)
}
