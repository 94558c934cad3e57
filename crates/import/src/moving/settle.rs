//! Settles what ran into trouble: finds out which tokens exist, and divides the missing ones until they are created or
//! shown to be at fault.

use std::sync::Arc;
use std::time::Duration;

use super::context::Context;
use super::divide::{BatchFailure, LOSSES, divide};
use super::probe::probe_rest;
use super::send::{Pause, send_all};
use super::verdict::{known_refresh_tokens, present};
use crate::chunking::{Batch, Job};
use crate::clock::{millis, now};
use crate::count::count;
use crate::flow::{Phase, interrupted};
use crate::input::Reader;
use crate::journal::{Child, Chunk, ChunkState, Member, Scope};
use crate::server::{Detail, Found};
use crate::stop::Stop;

/// Sends and settles until all is sent and nothing is in trouble. What is in trouble comes first.
pub(crate) async fn send_and_settle(
    context: &Arc<Context>,
    reader: &mut Reader,
    scope: Scope,
) -> Result<(), Stop> {
    let journal = &context.job.journal;
    let most = journal.chunk_records()?;
    // What was divided in an earlier run may have had no fault of its own.
    journal.reopen_unclear()?;
    journal.join(most)?;
    probe_rest(context, reader).await?;
    let mut round = scope;
    let mut knew_hash = false;
    loop {
        match send_all(context, reader, round).await? {
            Pause::Done | Pause::Failing => {}
            Pause::Mended(size) => {
                journal.join(size.saturating_mul(4).min(most))?;
                continue;
            }
        }
        settle_all(context, reader).await?;
        round = if journal.next_to_send(Scope::Unsettled, 0)?.is_some() { Scope::Unsettled } else { scope };
        if journal.next_to_send(round, 0)?.is_none() {
            let looks_again = !knew_hash && journal.is_unclear()?;
            if !looks_again || !(context.finder.knows_hash() || calibrate(context, reader).await?) {
                return Ok(());
            }
            // What could not be told before the hash was known.
            knew_hash = true;
            journal.reopen_unclear()?;
        }
    }
}

/// Learns from tokens that exist how the list hashes. `true` if it was not known before.
async fn calibrate(context: &Context, reader: &mut Reader) -> Result<bool, Stop> {
    let Job { journal, shard, .. } = &context.job;
    let chunk = journal.next_succeeded(0)?.filter(|_| !context.finder.knows_hash());
    let Some(chunk) = chunk else {
        return Ok(false);
    };
    let batch = Batch::load(&chunk, journal, reader, *shard)?;
    let few: Vec<usize> = (0..batch.members.len().min(5)).collect();
    let (_, stop) = context.finder.listed(&batch.wanted(&few)).await;
    stop.map_or(Ok(context.finder.knows_hash()), Err)
}

/// Settles what is in trouble.
async fn settle_all(context: &Context, reader: &mut Reader) -> Result<(), Stop> {
    let journal = &context.job.journal;
    let mut last = 0;
    while let Some(chunk) = journal.next_unsettled(last)? {
        context.flow.goes_on()?;
        last = chunk.id;
        settle(context, &chunk, reader).await?;
        let rejected = journal.rejected_by_server()?;
        if rejected > context.delivery.max_rejected {
            return Err(Stop::new(format!(
                "the server has rejected {}, more than --max-rejected allows",
                count(rejected, "record")
            )));
        }
    }
    Ok(())
}

/// Settles one chunk. What can be told of none of its records stays so until the next run.
async fn settle(context: &Context, chunk: &Chunk, reader: &mut Reader) -> Result<(), Stop> {
    let job = &context.job;
    let batch = Batch::load(chunk, &job.journal, reader, job.shard)?;
    let all: Vec<usize> = (0..batch.members.len()).collect();
    let (mut found, stop) = match chunk.state {
        // It may be refused because some of it exists; which, shows when it is divided.
        ChunkState::Refused if all.len() > 1 => (vec![Found::Missing; all.len()], None),
        ChunkState::Refused | ChunkState::Failed => {
            context.finder.find(&batch.wanted(&all), Detail::Age).await
        }
        _ => find_at_rest(context, chunk, &batch, &all).await,
    };
    if chunk.state == ChunkState::Refused && stop.is_none() {
        // The refusal stands where nothing speaks against it.
        found.iter_mut().filter(|found| **found == Found::Unclear).for_each(|found| *found = Found::Missing);
    }
    let mut settlement = present(context, chunk, &batch, &found);
    let pick = |wanted: Found| {
        let pairs = all.iter().zip(&found);
        pairs.filter(move |(_, found)| **found == wanted).map(|(index, _)| *index)
    };
    let members = |indexes: &[usize]| -> Vec<Member> {
        indexes.iter().filter_map(|index| batch.members.get(*index)).copied().collect()
    };
    let unclear: Vec<usize> = pick(Found::Unclear).collect();
    // What could not be looked up this time is looked up in the next run.
    let rest = if stop.is_some() { ChunkState::Unknown } else { ChunkState::Unclear };
    if unclear.len() == all.len() {
        return match stop {
            Some(stop) => Err(stop),
            None => job.journal.set_state(chunk.id, rest, None).map(drop),
        };
    }
    if !unclear.is_empty() {
        let members = members(&unclear);
        settlement.children.push(Child { members, state: rest, tries: chunk.tries, losses: chunk.losses });
    }
    let mut missing: Vec<usize> = pick(Found::Missing).collect();
    let is_lost_often = chunk.losses + 1 >= LOSSES;
    let failure = match chunk.state {
        ChunkState::Refused => BatchFailure::Refused,
        ChunkState::Failed => BatchFailure::Failed,
        _ if is_lost_often && context.server.answers_batches() => BatchFailure::LostAlone,
        _ => BatchFailure::Lost,
    };
    if stop.is_none() && (failure == BatchFailure::Failed || all.len() == 1) {
        known_refresh_tokens(context, &batch, &mut missing, &mut settlement).await?;
    }
    let gives_up = failure == BatchFailure::Lost
        && is_lost_often
        && !missing.is_empty()
        && context.server.takes_no_batches();
    divide(chunk, members(&missing), failure, &mut settlement);
    if gives_up {
        // The next run has as many tries again.
        settlement.children.iter_mut().for_each(|child| child.losses = 0);
    }
    job.journal.settle(chunk, &settlement)?;
    job.progress.add(settlement.outcomes.len() as u64);
    match stop {
        Some(stop) => Err(stop),
        None if gives_up => Err(Stop::new("the server's answers are lost again and again")),
        None => Ok(()),
    }
}

/// Looks for tokens of a batch that may still be running. It is left to finish first; and as long as more of its tokens
/// turn up, it is left to go on.
async fn find_at_rest(
    context: &Context,
    chunk: &Chunk,
    batch: &Batch,
    all: &[usize],
) -> (Vec<Found>, Option<Stop>) {
    /// A clock that was set back must not hold the import for longer.
    const LONGEST: Duration = Duration::from_secs(3_600);
    let settle = context.delivery.settle;
    let due = chunk.sent_at.unwrap_or(0).saturating_add(millis(settle));
    let left = Duration::from_millis(due.saturating_sub(now()).max(0).unsigned_abs());
    let mut found = vec![Found::Unclear; all.len()];
    if let Err(stop) = rest(context, left.min(settle.saturating_add(LONGEST))).await {
        return (found, Some(stop));
    }
    let mut wanted = all.to_vec();
    loop {
        let (what, stop) = context.finder.find(&batch.wanted(&wanted), Detail::Age).await;
        let more = what.iter().any(|found| *found != Found::Missing);
        for (index, what) in wanted.iter().zip(what) {
            if let Some(slot) = found.get_mut(*index) {
                *slot = what;
            }
        }
        if stop.is_some() {
            return (found, stop);
        }
        let all_missing = wanted.len();
        wanted.retain(|index| found.get(*index) == Some(&Found::Missing));
        let is_first = all_missing == all.len();
        if wanted.is_empty() || !more || (is_first && wanted.len() == all.len()) {
            return (found, None);
        }
        if let Err(stop) = rest(context, settle).await {
            return (found, Some(stop));
        }
    }
}

/// Leaves the server alone with a batch that may be running.
async fn rest(context: &Context, pause: Duration) -> Result<(), Stop> {
    if pause >= Duration::from_secs(1) {
        let seconds = pause.as_secs_f64().round();
        context.job.progress.note(&format!("waiting {seconds} s for a batch that may be running"));
    }
    tokio::select! {
        () = context.flow.reaches(Phase::Finishing) => Err(interrupted()),
        () = tokio::time::sleep(pause) => Ok(()),
    }
}
