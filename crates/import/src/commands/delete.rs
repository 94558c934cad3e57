//! The subcommand `delete`: deletes the tokens of a file, such as those that were revoked at the old server.

use std::sync::Arc;

use authlete::Secret;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::cli::DeleteArgs;
use super::confirm::confirm;
use super::summary::Summary;
use crate::chunking::{Chunker, Job, place};
use crate::count::{are, count};
use crate::flow::Flow;
use crate::input::hash::sha256;
use crate::input::{Doubt, FileArgs, Input, Problem, Reader, Record, Row, Seen, Share, Sink, damage};
use crate::journal::{
    Child, Chunk, ChunkState, Counts, Journal, JournalArgs, Member, Outcome, Settlement, Subject,
    journal_path,
};
use crate::server::{Deletion, Server, delete_each};
use crate::stop::Stop;
use crate::terminal::{event, say};

/// How many tokens are deleted between two notes in the journal.
const CHUNK: u64 = 200;

/// Deletes, and goes on with that after an interruption. `true` if all that the file names are gone.
pub(crate) async fn delete(args: &DeleteArgs) -> Result<bool, Stop> {
    let mut journal_args =
        JournalArgs { file: args.file(), journal: args.journal.clone(), same_server: args.same_server };
    if journal_args.journal.is_none() {
        // The same file may have been imported.
        let mut path = journal_path(&journal_args).into_os_string();
        path.push(".deletion");
        journal_args.journal = Some(path.into());
    }
    // Before there is a journal.
    let job = Job::new(&journal_args, Journal::open(&journal_path(&journal_args))?)?;
    let is_new = !job.journal.is_connected()?;
    let connected = connect(&job, args, is_new).await;
    let server = match connected {
        Ok(server) => server,
        Err(stop) => {
            if is_new {
                job.journal.remove();
            }
            return Err(stop);
        }
    };
    job.progress.note(&format!("deleting {}", Summary::of(&job, None)?.plan()));
    let counts = job.journal.counts()?;
    if let Err(stop) = must_be_meant(args, counts.waiting) {
        if is_new {
            job.journal.remove();
        }
        return Err(stop);
    }
    let done = counts.deleted + counts.absent;
    job.progress.stage("deleting", "tokens", done, done + counts.waiting, 0);
    let deleted = delete_all(&job, &server).await;
    job.progress.finish();
    let deleted = deleted.and_then(|()| job.must_be_unchanged());
    let Counts { deleted: gone, absent, rejected, waiting, .. } = job.journal.counts()?;
    if job.progress.is_json() {
        let finished = deleted.is_ok();
        event(&json!({
            "event": "end", "finished": finished, "deleted": gone, "absent": absent, "rejected": rejected, "waiting": waiting,
        }));
    } else {
        say(&format!("deleted {gone}, not there {absent}, rejected {rejected}, waiting {waiting}"));
    }
    deleted?;
    job.journal.end()?;
    Ok(rejected + waiting == 0)
}

/// Asks whether these tokens are to be deleted, as long as any are.
fn must_be_meant(args: &DeleteArgs, tokens: u64) -> Result<(), Stop> {
    match args.yes {
        _ if tokens == 0 => return Ok(()),
        Some(number) if number == tokens => return Ok(()),
        Some(number) => {
            return Err(Stop::new(format!(
                "{} to be deleted, and --yes says {number}: nothing was deleted",
                are(tokens, "token")
            )));
        }
        None => {}
    }
    let moved = match moved_from(&args.file())? {
        0 => String::new(),
        moved => format!(
            " An import of this very file has created {}: whoever uses what it deletes is logged out.",
            count(moved, "token")
        ),
    };
    let what = format!("This deletes tokens at the service, whoever uses them.{moved}");
    if confirm(&what, &format!("delete {tokens}"))? {
        return Ok(());
    }
    Err(Stop::new("not confirmed, and nothing was deleted"))
}

/// How many records an import of the same file has created, as far as its journal lies beside it.
fn moved_from(file: &FileArgs) -> Result<u64, Stop> {
    let args = JournalArgs { file: file.clone(), journal: None, same_server: false };
    let path = journal_path(&args);
    if !path.exists() {
        return Ok(0);
    }
    let job = Job::new(&args, Journal::view(&path)?)?;
    let is_of_it = job.must_be_of_an_import().is_ok() && job.must_be_unchanged().is_ok();
    Ok(if is_of_it { job.journal.counts()?.created } else { 0 })
}

async fn connect(job: &Job, args: &DeleteArgs, is_new: bool) -> Result<Arc<Server>, Stop> {
    let flow = Flow::new(&job.progress)?;
    if is_new {
        plan(job, &flow)?;
    } else {
        job.must_fit(true)?;
    }
    if job.journal.meta("purpose")?.as_deref() != Some("deletion") {
        return Err(Stop::new("the journal is of an import, and not of a deletion"));
    }
    let server = Server::connect(&args.server.at(job.input.rates()), 1, is_new, &flow, &job.progress).await?;
    job.journal.connected()?;
    Ok(Arc::new(server))
}

/// The access token of a row.
fn token(row: &Row<'_>) -> Option<Secret> {
    let record = row.json.as_ref().ok().and_then(|json| Record::parse(json).ok())?;
    record.access_token.filter(|token| !token.expose().is_empty())
}

/// A token that an exporter has changed would not be found, and count as gone.
fn must_be_whole(input: &Input, number: u64, token: &str) -> Result<(), Stop> {
    match damage(token) {
        Some(what) if !input.accepted().literal.contains(&"accessToken") => Err(Stop::new(format!(
            "nothing was deleted: accessToken of record {number} {what}; if it is meant, say --literal accessToken"
        ))),
        _ => Ok(()),
    }
}

/// Plans the chunks. A record needs an access token, and nothing else.
fn plan(job: &Job, flow: &Flow) -> Result<(), Stop> {
    const NO_TOKEN: Problem = Problem::new("accessToken", "is missing or cannot be read");
    let at = place()?;
    job.progress.stage("checking", "bytes", 0, job.input.size()?, 0);
    let planned = job.journal.plan(|draft| {
        draft.clear()?;
        let mut chunker = Chunker::new(draft, CHUNK, u64::MAX / 2);
        let mut reader = Reader::open(&job.input, true)?;
        let mut share = Share::default();
        while let Some(row) = reader.next()? {
            let token = token(&row);
            let hash = sha256(token.as_ref().map_or("", Secret::expose));
            if job.shard.is_some_and(|shard| !shard.holds(&hash)) {
                continue;
            }
            let seen =
                Seen { number: row.number, offset: row.offset, bytes: row.raw.len() as u64, raw: row.raw };
            match token.as_ref().map(Secret::expose) {
                Some(token) => {
                    must_be_whole(&job.input, row.number, token)?;
                    share.add(token);
                    (&mut chunker).good(&seen)?;
                }
                None => (&mut chunker).bad(&seen, &[NO_TOKEN])?,
            }
            job.progress.set(row.offset);
            flow.goes_on()?;
        }
        chunker.finish()?;
        let doubt = Doubt { field: "accessToken", share };
        if share.is_doubtful() && !job.input.accepted().these_are_tokens {
            return Err(Stop::new(format!(
                "nothing was deleted: {doubt}, which no server knows as tokens: if they are some, say --these-are-tokens"
            )));
        }
        draft.settings("deletion", &job.input, CHUNK)?;
        let fingerprint = reader.fingerprint()?;
        Ok(((), Subject { at: Some(at), input: job.input.clone(), shard: job.shard, fingerprint }))
    });
    job.progress.finish();
    planned
}

async fn delete_all(job: &Job, server: &Arc<Server>) -> Result<(), Stop> {
    let mut reader = Reader::open(&job.input, false)?;
    let mut last = 0;
    while let Some(chunk) = job.journal.next_planned(last)? {
        last = chunk.id;
        let tokens = load(job, &chunk, &mut reader)?;
        let members: Vec<Member> = tokens.iter().map(|(member, _)| *member).collect();
        let (mut done, stop) = delete_each(server, tokens).await;
        done.sort_unstable_by_key(|(member, _)| member.number);
        let is_done =
            |member: &Member| done.binary_search_by_key(&member.number, |(done, _)| done.number).is_ok();
        let rest: Vec<Member> = members.into_iter().filter(|member| !is_done(member)).collect();
        job.progress.add(done.len() as u64);
        if rest.is_empty() && done.iter().all(|(_, deletion)| matches!(deletion, Deletion::Deleted)) {
            job.journal.set_state(chunk.id, ChunkState::Deleted, None)?;
        } else {
            let verdict = |(member, deletion)| match deletion {
                Deletion::Deleted => (member, Outcome::Deleted, None),
                Deletion::Absent => (member, Outcome::Absent, None),
                Deletion::Refused(reason) => (member, Outcome::Rejected, Some(reason)),
            };
            let outcomes = done.into_iter().map(verdict).collect();
            let children = vec![Child { members: rest, state: ChunkState::Planned, tries: 0, losses: 0 }];
            job.journal.settle(&chunk, &Settlement { outcomes, children })?;
        }
        if let Some(stop) = stop {
            return Err(stop);
        }
    }
    Ok(())
}

/// Reads the tokens of a chunk, whose records must be what they were when it was planned.
fn load(job: &Job, chunk: &Chunk, reader: &mut Reader) -> Result<Vec<(Member, Secret)>, Stop> {
    let changed = || Stop::new("the file has changed since the journal was begun");
    let mut tokens = Vec::new();
    let mut take = |row: Row<'_>, digest: &mut Sha256| {
        let hash = sha256(row.raw);
        let token = token(&row);
        let of_token = sha256(token.as_ref().map_or("", Secret::expose));
        if job.shard.is_none_or(|shard| shard.holds(&of_token)) {
            digest.update(hash);
            let member = Member { number: row.number, offset: row.offset, hash };
            tokens.extend(token.map(|token| (member, token)));
        }
        hash
    };
    let mut digest = Sha256::new();
    if chunk.listed {
        for member in job.journal.listed(chunk.id)? {
            reader.seek(member.number, member.offset)?;
            if take(reader.next()?.ok_or_else(changed)?, &mut digest) != member.hash {
                return Err(changed());
            }
        }
    } else {
        reader.seek(chunk.first, chunk.offset)?;
        while let Some(row) = reader.next()?.filter(|row| row.number <= chunk.last) {
            let is_last = row.number == chunk.last;
            take(row, &mut digest);
            if is_last {
                break;
            }
        }
        let hash: [u8; 32] = digest.finalize().into();
        if chunk.hash.is_some_and(|known| known != hash) {
            return Err(changed());
        }
    }
    if tokens.len() as u64 == chunk.members { Ok(tokens) } else { Err(changed()) }
}
