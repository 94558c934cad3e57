//! Sends the chunks that are planned, and waits for the results of those that were accepted.

use std::sync::Arc;

use authlete::models::TokenBatchStatusResult;
use tokio::task::JoinSet;

use super::context::Context;
use super::probe::probe;
use crate::chunking::Batch;
use crate::clock::{millis, now};
use crate::flow::{Phase, interrupted};
use crate::input::Reader;
use crate::journal::{Child, Chunk, ChunkState, DISPUTED, EXPIRED, Outcome, Scope, Settlement};
use crate::server::{BatchEnd, Failure, Sent, printable};
use crate::stop::Stop;

/// How many chunks in a row may run into trouble before they are settled first.
const STREAK: u32 = 8;
/// How many parts of divided chunks in a row must succeed before parts are joined again.
const MENDED: u32 = 8;

/// How many batches for each of `--concurrency` may wait for a late result beside others.
const SLOW_BATCHES: usize = 8;

/// Why nothing more was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pause {
    /// Nothing is left to be sent or waited for.
    Done,
    /// One chunk after the other ran into trouble.
    Failing,
    /// Parts of divided chunks, of at most so many records, have succeeded one after the other.
    Mended(u64),
}

/// Sends, a bounded number at a time, until there is a reason to pause.
pub(super) async fn send_all(
    context: &Arc<Context>,
    reader: &mut Reader,
    scope: Scope,
) -> Result<Pause, Stop> {
    let mut tasks = JoinSet::new();
    let mut last = 0;
    let mut stop = None;
    let (mut streak, mut mended, mut largest) = (0, 0, 0);
    // The chunk for which tokens of an earlier import are deleted: until it has succeeded, no others are.
    let mut making_way = None;
    let concurrency = usize::from(context.delivery.concurrency());
    loop {
        // A batch that takes long makes room for others, but not without bound, nor while no results can be learnt.
        let slow = if context.server.answers_questions() { context.slow.count() } else { 0 };
        let room = concurrency + slow.min(concurrency * SLOW_BATCHES);
        while stop.is_none()
            && making_way.is_none()
            && streak < STREAK
            && mended < MENDED
            && tasks.len() < room
            && !context.flow.is_at(Phase::Finishing)
        {
            match next(context, reader, scope, &mut last) {
                Ok(Some(Step::Deliver(chunk, batch))) => {
                    making_way = context.superseded.concerns(&batch).then_some(chunk.id);
                    tasks.spawn(deliver(Arc::clone(context), chunk, batch, Phase::Finishing));
                }
                Ok(Some(Step::Await(chunk))) => {
                    tasks.spawn(await_result(Arc::clone(context), chunk));
                }
                Ok(None) => break,
                Err(error) => {
                    context.flow.raise(Phase::Over);
                    stop = Some(error);
                }
            }
        }
        let done = tokio::select! {
            done = tasks.join_next() => done,
            () = context.slow.changed() => continue,
        };
        let Some(done) = done else {
            break;
        };
        let done = done.unwrap_or_else(|error| Err(Stop::during("a delivery failed", error)));
        let done = match done {
            Ok((chunk, ChunkState::Succeeded)) => {
                probe(context, reader, &chunk).await.map(|()| (chunk, ChunkState::Succeeded))
            }
            done => done,
        };
        if let Ok((chunk, state)) = &done
            && making_way == Some(chunk.id)
        {
            making_way = None;
            streak = if *state == ChunkState::Succeeded { streak } else { STREAK };
        }
        match done {
            Ok((_, ChunkState::Unknown | ChunkState::Failed | ChunkState::Refused)) => {
                (streak, mended, largest) = (streak + 1, 0, 0)
            }
            Ok((chunk, ChunkState::Succeeded)) => {
                streak = 0;
                if chunk.listed {
                    (mended, largest) = (mended + 1, chunk.members.max(largest));
                }
            }
            Ok(_) => streak = 0,
            Err(error) => {
                // The others are let finish what must not be left half done, and wait no longer.
                context.flow.raise(Phase::Over);
                stop.get_or_insert(error);
            }
        }
    }
    match stop {
        Some(stop) => Err(stop),
        None if context.flow.is_at(Phase::Finishing) => Err(interrupted()),
        None if streak >= STREAK => Ok(Pause::Failing),
        None if mended >= MENDED => Ok(Pause::Mended(largest)),
        None => Ok(Pause::Done),
    }
}

/// What there is to do.
enum Step {
    Deliver(Chunk, Batch),
    Await(Chunk),
}

/// The next thing to do after chunk `last`. Chunks of which records have expired are split on the way.
fn next(context: &Context, reader: &mut Reader, scope: Scope, last: &mut i64) -> Result<Option<Step>, Stop> {
    let journal = &context.job.journal;
    while let Some(chunk) = journal.next_to_send(scope, *last)? {
        *last = chunk.id;
        if chunk.state == ChunkState::Sent {
            return Ok(Some(Step::Await(chunk)));
        }
        let mut batch = Batch::load(&chunk, journal, reader, context.job.shard)?;
        if !shed_expired(context, &chunk, &mut batch)? {
            return Ok(Some(Step::Deliver(chunk, batch)));
        }
    }
    Ok(None)
}

/// Sets the records of a chunk aside that have expired by now, and gives the others a new chunk. `false` if there are none. What
/// has expired by the server's clock alone is looked at again by the next run.
pub(super) fn shed_expired(context: &Context, chunk: &Chunk, batch: &mut Batch) -> Result<bool, Stop> {
    let expired = batch.age(context.server.clock.now());
    if expired.is_empty() {
        return Ok(false);
    }
    let mut settlement = Settlement::default();
    let mut rest = Vec::new();
    for (index, &member) in batch.members.iter().enumerate() {
        if expired.binary_search(&index).is_ok() {
            let is_alive = batch.lifetimes.get(index).is_some_and(|lifetimes| lifetimes.is_alive(now()));
            let (outcome, reason) =
                if is_alive { (Outcome::Disputed, DISPUTED) } else { (Outcome::Expired, EXPIRED) };
            settlement.outcomes.push((member, outcome, Some(reason.to_owned())));
        } else {
            rest.push(member);
        }
    }
    settlement.children.push(Child {
        members: rest,
        state: ChunkState::Planned,
        tries: chunk.tries,
        losses: chunk.losses,
    });
    context.job.journal.settle(chunk, &settlement)?;
    context.job.progress.add(expired.len() as u64);
    Ok(true)
}

/// Sends a chunk once, or again where that is safe, and waits for its result. Returns the chunk's new state. At phase `end` it is
/// not sent any more.
pub(super) async fn deliver(
    context: Arc<Context>,
    mut chunk: Chunk,
    mut batch: Batch,
    end: Phase,
) -> Result<(Chunk, ChunkState), Stop> {
    let journal = &context.job.journal;
    for attempts in 1.. {
        let permit = match context.server.turn_of_a_batch(end).await {
            Ok(permit) => permit,
            Err(Failure::Interrupted) => return Ok((chunk, ChunkState::Planned)),
            Err(failure) => return Err(failure.into()),
        };
        // Time has passed; a record that has expired is for the next round.
        if !batch.age(context.server.clock.now()).is_empty() {
            return Ok((chunk, ChunkState::Planned));
        }
        context.superseded.make_way(&context.server, &batch).await?;
        let until = now().saturating_add(millis(context.timeout));
        journal.sending(chunk.id, &batch.hash, until, context.server.clock.earliest_now())?;
        let state = match context.server.create(permit, &batch.request, attempts).await {
            Sent::Accepted(request_id) => {
                journal.sent(chunk.id, &request_id)?;
                chunk.request_id = Some(request_id);
                break;
            }
            Sent::Not => {
                journal.unsent(chunk.id)?;
                continue;
            }
            Sent::Unknown(stop) => {
                let state = journal.lost(chunk.id, now())?;
                if let Some(stop) = stop {
                    return Err(stop);
                }
                state
            }
            Sent::Content(code) => journal.set_state(chunk.id, ChunkState::Refused, Some(&code))?,
            Sent::Never(stop) => {
                journal.unsent(chunk.id)?;
                return Err(stop);
            }
        };
        return Ok((chunk, state));
    }
    drop(batch);
    await_result(context, chunk).await
}

/// Waits for the result of a chunk that was accepted.
async fn await_result(context: Arc<Context>, chunk: Chunk) -> Result<(Chunk, ChunkState), Stop> {
    let journal = &context.job.journal;
    let request_id = chunk.request_id.as_deref().unwrap_or_default();
    let status = match context.slow.watch(context.server.result_of(request_id, context.waiting())).await {
        Ok(BatchEnd::Finished(status)) => status,
        Ok(BatchEnd::Late) => {
            context.job.progress.note("a batch has no result in time: its tokens are looked up");
            let state = journal.lost(chunk.id, now())?;
            return Ok((chunk, state));
        }
        // The batch is not known, as if the server had forgotten it.
        Ok(BatchEnd::NotFound) => {
            let state = journal.lost(chunk.id, now())?;
            return Ok((chunk, state));
        }
        // It stays as it is, and is waited for in the next run.
        Err(Failure::Interrupted) => return Ok((chunk, ChunkState::Sent)),
        Err(failure) => return Err(failure.into()),
    };
    let members = i64::try_from(chunk.members).unwrap_or(i64::MAX);
    let is_whole = status.token_count.is_none_or(|count| count == members);
    let state = if status.result == Some(TokenBatchStatusResult::Succeeded) && is_whole {
        let state = journal.set_state(chunk.id, ChunkState::Succeeded, None)?;
        context.job.progress.add(chunk.members);
        state
    } else {
        let code = printable(status.error_code.as_deref());
        journal.set_state(chunk.id, ChunkState::Failed, code.as_deref())?
    };
    Ok((chunk, state))
}
