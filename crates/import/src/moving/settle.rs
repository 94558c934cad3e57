//! Settles what ran into trouble: finds out which tokens exist, and divides the missing ones until they are created or
//! shown to be at fault.

use std::sync::Arc;
use std::time::Duration;

use super::context::Context;
use super::divide::{Trouble, divide};
use super::send::send_all;
use crate::clock::{millis, now};
use crate::input::Reader;
use crate::journal::{Child, Chunk, Member, Scope, Settlement, State, Verdict};
use crate::plan::{Batch, Book};
use crate::server::Found;
use crate::stop::Stop;

/// How often in a row the outcome for the same records may be lost.
const LOSSES: u32 = 5;

/// Sends and settles until all is sent and nothing is in trouble. What is in trouble comes first.
pub(crate) async fn send_and_settle(
    context: &Arc<Context>,
    reader: &mut Reader,
    scope: Scope,
) -> Result<(), Stop> {
    let journal = &context.book.journal;
    loop {
        let mut late = send_all(context, reader, scope).await?;
        let mut unclear = settle_all(context, reader).await?;
        while late == 0 && journal.next_to_send(Scope::Troubled, 0)?.is_some() {
            late = send_all(context, reader, Scope::Troubled).await?;
            unclear = settle_all(context, reader).await?;
        }
        if late > 0 {
            return Err(Stop::new(format!(
                "{late} batches are not finished yet: run it again later to go on waiting for them"
            )));
        }
        let is_calibrated = unclear > 0 && calibrate(context, reader).await?;
        if !is_calibrated && journal.next_to_send(scope, 0)?.is_none() {
            return match unclear {
                0 => Ok(()),
                _ => Err(Stop::new(format!(
                    "it cannot be told of {unclear} records whether they exist; see --lookup in the README"
                ))),
            };
        }
    }
}

/// Learns from tokens that exist how the list hashes. `true` if it was not known before.
async fn calibrate(context: &Context, reader: &mut Reader) -> Result<bool, Stop> {
    let Book { journal, shard, .. } = &context.book;
    let chunk = journal.next_succeeded(0)?.filter(|_| !context.finder.knows_hash());
    let Some(chunk) = chunk else {
        return Ok(false);
    };
    let batch = Batch::load(&chunk, journal, reader, *shard)?;
    let few: Vec<usize> = (0..batch.members.len().min(5)).collect();
    context.finder.created_at(&context.server, &batch.wanted(&few)).await?;
    Ok(context.finder.knows_hash())
}

/// Settles what is in trouble, and returns of how many records it cannot be told whether they exist.
async fn settle_all(context: &Context, reader: &mut Reader) -> Result<u64, Stop> {
    let journal = &context.book.journal;
    let (mut unclear, mut last) = (0, 0);
    while let Some(chunk) = journal.next_troubled(last)? {
        last = chunk.id;
        unclear += settle(context, &chunk, reader).await?;
        let rejected = journal.rejected_by_server()?;
        if rejected > context.delivery.max_rejected {
            return Err(Stop::new(format!(
                "the server has rejected {rejected} records, more than --max-rejected allows"
            )));
        }
    }
    Ok(unclear)
}

/// Settles one chunk, unless it can be told of none of its records whether they exist; then it returns how many they are.
async fn settle(context: &Context, chunk: &Chunk, reader: &mut Reader) -> Result<u64, Stop> {
    let book = &context.book;
    let batch = Batch::load(chunk, &book.journal, reader, book.shard)?;
    let all: Vec<usize> = (0..batch.members.len()).collect();
    let found = match chunk.state {
        // It may be refused because some of it exists; which, shows when it is divided.
        State::Refused if all.len() > 1 => vec![Found::Missing; all.len()],
        State::Refused => {
            let found = context.finder.find(&context.server, &batch.wanted(&all)).await?;
            // The refusal stands where nothing speaks against it.
            found
                .into_iter()
                .map(|found| if found == Found::Unclear { Found::Missing } else { found })
                .collect()
        }
        State::Failed => context.finder.find(&context.server, &batch.wanted(&all)).await?,
        _ => find_at_rest(context, chunk, &batch, &all).await?,
    };
    let mut settlement = present(context, chunk, &batch, &found).await?;
    let pick = |wanted: Found| -> Vec<Member> {
        let pairs = batch.members.iter().zip(&found);
        pairs.filter(|(_, found)| **found == wanted).map(|(member, _)| *member).collect()
    };
    let unclear = pick(Found::Unclear);
    if unclear.len() == batch.members.len() {
        return Ok(chunk.members);
    }
    if !unclear.is_empty() {
        settlement.children.push(Child {
            members: unclear,
            state: State::Unknown,
            tries: chunk.tries,
            losses: chunk.losses,
        });
    }
    let trouble = match chunk.state {
        State::Refused => Trouble::Refused,
        State::Failed => Trouble::Failed,
        _ => Trouble::Lost,
    };
    divide(chunk, pick(Found::Missing), trouble, &mut settlement);
    let gives_up = settlement.children.iter().any(|child| child.losses >= LOSSES);
    if gives_up {
        // The next run has as many tries again.
        settlement.children.iter_mut().for_each(|child| child.losses = 0);
    }
    book.journal.settle(chunk, &settlement)?;
    book.progress.add(settlement.verdicts.len() as u64);
    if gives_up { Err(Stop::new("the server's answers are lost again and again")) } else { Ok(0) }
}

/// Looks for tokens of a batch that may still be running. It is left to finish first; and as long as more of its tokens
/// turn up, it is left to go on.
async fn find_at_rest(
    context: &Context,
    chunk: &Chunk,
    batch: &Batch,
    all: &[usize],
) -> Result<Vec<Found>, Stop> {
    /// A clock that was set back must not hold the import for longer.
    const LONGEST: Duration = Duration::from_secs(3_600);
    let pause = context.delivery.settle;
    let due = chunk.sent_at.unwrap_or(0).saturating_add(millis(pause));
    let rest = due.saturating_sub(now());
    if rest > 0 {
        let rest = Duration::from_millis(rest.unsigned_abs()).min(pause.saturating_add(LONGEST));
        context
            .book
            .progress
            .note(&format!("waiting {:.1} s for a batch that may be running", rest.as_secs_f64()));
        tokio::time::sleep(rest).await;
    }
    let mut found = context.finder.find(&context.server, &batch.wanted(all)).await?;
    loop {
        let missing: Vec<usize> =
            all.iter().copied().filter(|&index| found.get(index) == Some(&Found::Missing)).collect();
        if missing.is_empty() || missing.len() == all.len() {
            return Ok(found);
        }
        tokio::time::sleep(pause).await;
        let again = context.finder.find(&context.server, &batch.wanted(&missing)).await?;
        let more = again.iter().any(|found| *found != Found::Missing);
        for (index, what) in missing.into_iter().zip(again) {
            if let Some(slot) = found.get_mut(index) {
                *slot = what;
            }
        }
        if !more {
            return Ok(found);
        }
    }
}

/// The verdicts on the tokens that exist: created by this import if they are not older than its first request for them.
async fn present(
    context: &Context,
    chunk: &Chunk,
    batch: &Batch,
    found: &[Found],
) -> Result<Settlement, Stop> {
    let mut settlement = Settlement::default();
    let indexes: Vec<usize> = found
        .iter()
        .enumerate()
        .filter(|(_, found)| matches!(found, Found::Present { .. }))
        .map(|(index, _)| index)
        .collect();
    let created_at = match chunk.not_before {
        Some(_) => context.finder.created_at(&context.server, &batch.wanted(&indexes)).await?,
        None => vec![None; indexes.len()],
    };
    for (index, created_at) in indexes.into_iter().zip(created_at) {
        let Some(&member) = batch.members.get(index) else {
            continue;
        };
        // The server may tell the time in whole seconds.
        let own = created_at.zip(chunk.not_before).is_some_and(|(at, start)| at + 999 >= start);
        settlement.verdicts.push((member, if own { Verdict::Created } else { Verdict::Existing }, None));
    }
    Ok(settlement)
}
