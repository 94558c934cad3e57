//! The subcommand `rollback`: deletes what this import has created.

use std::sync::Arc;

use serde_json::json;

use super::cli::RollbackArgs;
use super::confirm::confirm;
use crate::chunking::{Batch, Job, load_members};
use crate::count::{are, count};
use crate::flow::Flow;
use crate::input::Reader;
use crate::journal::{ChunkState, Counts};
use crate::server::{Deletion, Server, delete_each};
use crate::stop::Stop;
use crate::terminal::{event, say};

/// How many single records are deleted between two notes in the journal.
const PAGE: usize = 200;

/// Deletes, after a typed confirmation, and goes on with that after an interruption. What was created by batches that
/// succeeded is this import's; what was found after trouble may be another's, and wants words of its own.
pub(crate) async fn rollback(args: &RollbackArgs) -> Result<bool, Stop> {
    let job = Job::open(&args.journal)?;
    let unsettled = job.journal.unsettled()?;
    if unsettled > 0 {
        return Err(Stop::new(format!(
            "it has not been looked up what became of {}: run `reconcile` first",
            count(unsettled, "record")
        )));
    }
    let in_doubt = job.journal.in_doubt()?;
    let own = job.journal.counts()?.created - in_doubt;
    let not_confirmed = || Stop::new("not confirmed, and nothing was deleted");
    if own > 0 && !confirm("This deletes tokens that are in use.", &format!("delete {own}"))? {
        return Err(not_confirmed());
    }
    let takes_all = in_doubt > 0
        && confirm(
            &format!(
                "{} found after a batch was lost or had failed, and may be another's: left alone unless you say so.",
                are(in_doubt, "token")
            ),
            &format!("delete {in_doubt} in doubt"),
        )?;
    if own + in_doubt == 0 {
        // Nobody has been asked, so the import does not end here.
        return conclude(&job);
    }
    if own == 0 && !takes_all {
        return Err(not_confirmed());
    }
    let flow = Flow::new(&job.progress)?;
    let server =
        Arc::new(Server::connect(&args.server.at(job.input.rates()), 1, false, &flow, &job.progress).await?);
    job.journal.set_meta("rolled_back", "yes")?;
    job.progress.stage("deleting", "tokens", 0, own + if takes_all { in_doubt } else { 0 }, 0);
    let mut refused = delete_chunks(&job, &server).await?;
    if takes_all {
        refused += delete_in_doubt(&job, &server).await?;
    }
    job.progress.finish();
    let concluded = conclude(&job)?;
    match refused {
        0 => Ok(concluded),
        _ => Err(Stop::new(format!(
            "{} could not be deleted: run it again to try once more",
            count(refused, "token")
        ))),
    }
}

fn conclude(job: &Job) -> Result<bool, Stop> {
    let Counts { deleted, existing, conflict, unknown, .. } = job.journal.counts()?;
    let in_doubt = job.journal.in_doubt()?;
    if job.progress.is_json() {
        event(&json!({
            "event": "rolledBack",
            "deleted": deleted,
            "leftAlone": existing,
            "leftInDoubt": in_doubt,
            "leftInConflict": conflict,
            "unknown": unknown,
        }));
        return Ok(true);
    }
    say(&format!("deleted {deleted}, left alone {existing} that were already there"));
    for (count, what) in [
        (in_doubt, "that may be another's: run it again to delete them too"),
        (conflict, "that differ from their records"),
        (unknown, "of which it cannot be told whether they exist"),
    ] {
        if count > 0 {
            say(&format!("left alone {count} {what}; `report` names them"));
        }
    }
    let few = job.journal.created_alone(0, 20)?;
    if !few.is_empty() {
        let numbers: Vec<String> = few.iter().map(|member| member.number.to_string()).collect();
        let more = if in_doubt > few.len() as u64 { ", ..." } else { "" };
        say(&format!("in doubt: records {}{more}", numbers.join(", ")));
    }
    Ok(true)
}

/// The chunks that succeeded as a whole. Returns how many of their tokens could not be deleted.
async fn delete_chunks(job: &Job, server: &Arc<Server>) -> Result<u64, Stop> {
    let mut reader = Reader::open(&job.input, false)?;
    let (mut last, mut refused) = (0, 0);
    while let Some(chunk) = job.journal.next_succeeded(last)? {
        last = chunk.id;
        let batch = Batch::load(&chunk, &job.journal, &mut reader, job.shard)?;
        let kept = delete_all(job, server, &batch).await?.len() as u64;
        if kept == 0 {
            job.journal.set_state(chunk.id, ChunkState::Deleted, None)?;
        }
        refused += kept;
        job.progress.add(chunk.members - kept);
    }
    Ok(refused)
}

/// The records that were found to be there one by one. Returns how many of their tokens could not be deleted.
async fn delete_in_doubt(job: &Job, server: &Arc<Server>) -> Result<u64, Stop> {
    let mut reader = Reader::open(&job.input, false)?;
    let (mut last, mut refused) = (0, 0);
    loop {
        let mut members = job.journal.created_alone(last, PAGE)?;
        let Some(end) = members.last() else {
            return Ok(refused);
        };
        last = end.number;
        let batch = load_members(&members, &mut reader)?;
        let kept = delete_all(job, server, &batch).await?;
        refused += kept.len() as u64;
        members.retain(|member| !kept.contains(&member.number));
        job.journal.deleted_alone(&members)?;
        job.progress.add(members.len() as u64);
    }
}

/// Deletes the tokens of a batch. Returns the records whose tokens could not be deleted.
async fn delete_all(job: &Job, server: &Arc<Server>, batch: &Batch) -> Result<Vec<u64>, Stop> {
    let (done, stop) = delete_each(server, batch.access_tokens()).await;
    let mut kept = Vec::new();
    for (member, deletion) in done {
        if let Deletion::Refused(reason) = deletion {
            let number = member.number;
            job.progress.note(&format!("record {number}: its token cannot be deleted: {reason}"));
            kept.push(number);
        }
    }
    stop.map_or(Ok(kept), Err)
}
