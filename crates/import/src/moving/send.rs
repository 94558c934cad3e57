//! Sends the chunks that are planned, and waits for the results of those that were accepted.

use std::sync::Arc;
use std::time::Duration;

use authlete::funcs::{token_operations_auth_token_create_batch_api, token_operations_wait_for_batch};
use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;
use authlete::models::{TokenBatchStatus, TokenBatchStatusResult};
use authlete::{AuthleteError, RequestOptions, RetryConfig, WaitOptions};
use tokio::task::JoinSet;

use super::context::Context;
use crate::clock::{millis, now};
use crate::input::Reader;
use crate::journal::{Child, Chunk, EXPIRED, Scope, Settlement, State, Verdict};
use crate::plan::Batch;
use crate::server::{Refusal, printable, refusal, says_not_found};
use crate::stop::Stop;

/// How often in a row a chunk is sent that the server does not take.
const ATTEMPTS: u32 = 10;
/// How many chunks in a row may run into trouble before they are settled first.
const STREAK: u32 = 8;

/// Sends, a bounded number at a time, until nothing of the scope is left to be sent or waited for, or one chunk after the
/// other runs into trouble. Returns how many batches were not finished in time.
pub(crate) async fn send_all(context: &Arc<Context>, reader: &mut Reader, scope: Scope) -> Result<u64, Stop> {
    let mut tasks = JoinSet::new();
    let mut last = 0;
    let mut stop = None;
    let (mut streak, mut late) = (0, 0);
    loop {
        while stop.is_none() && streak < STREAK && tasks.len() < usize::from(context.delivery.concurrency) {
            match next(context, reader, scope, &mut last) {
                Ok(Some(Step::Deliver(chunk, batch))) => {
                    tasks.spawn(deliver(Arc::clone(context), chunk, batch));
                }
                Ok(Some(Step::Await(chunk))) => {
                    tasks.spawn(await_result(Arc::clone(context), chunk));
                }
                Ok(None) => break,
                Err(error) => {
                    context.stopping.send_replace(true);
                    stop = Some(error);
                }
            }
        }
        let Some(done) = tasks.join_next().await else {
            break;
        };
        match done.unwrap_or_else(|error| Err(Stop::during("a delivery failed", error))) {
            Ok(State::Unknown | State::Failed | State::Refused) => streak += 1,
            Ok(State::Sent) => late += 1,
            Ok(_) => streak = 0,
            Err(error) => {
                // The others are let finish what must not be left half done, and wait no longer.
                context.stopping.send_replace(true);
                stop.get_or_insert(error);
            }
        }
    }
    stop.map_or(Ok(late), Err)
}

/// What there is to do.
enum Step {
    Deliver(Chunk, Batch),
    Await(Chunk),
}

/// The next thing to do after chunk `last`. Chunks of which records have expired are split on the way.
fn next(context: &Context, reader: &mut Reader, scope: Scope, last: &mut i64) -> Result<Option<Step>, Stop> {
    let journal = &context.book.journal;
    while let Some(chunk) = journal.next_to_send(scope, *last)? {
        *last = chunk.id;
        if chunk.state == State::Sent {
            return Ok(Some(Step::Await(chunk)));
        }
        let mut batch = Batch::load(&chunk, journal, reader, context.book.shard)?;
        if !shed_expired(context, &chunk, &mut batch)? {
            return Ok(Some(Step::Deliver(chunk, batch)));
        }
    }
    Ok(None)
}

/// Sets the records of a chunk aside that have expired by now, and gives the others a new chunk. `false` if there are none.
pub(crate) fn shed_expired(context: &Context, chunk: &Chunk, batch: &mut Batch) -> Result<bool, Stop> {
    let expired = batch.age(now());
    if expired.is_empty() {
        return Ok(false);
    }
    let mut settlement = Settlement::default();
    let mut rest = Vec::new();
    for (index, &member) in batch.members.iter().enumerate() {
        if expired.binary_search(&index).is_ok() {
            settlement.verdicts.push((member, Verdict::Expired, Some(EXPIRED.to_owned())));
        } else {
            rest.push(member);
        }
    }
    settlement.children.push(Child {
        members: rest,
        state: State::Planned,
        tries: chunk.tries,
        losses: chunk.losses,
    });
    context.book.journal.settle(chunk, &settlement)?;
    context.book.progress.add(expired.len() as u64);
    Ok(true)
}

/// Sends a chunk once, or again where that is safe, and waits for its result. Returns the chunk's new state.
async fn deliver(context: Arc<Context>, mut chunk: Chunk, mut batch: Batch) -> Result<State, Stop> {
    let journal = &context.book.journal;
    let once = RequestOptions::new().retries(RetryConfig::None);
    let mut stopping = context.stopping.subscribe();
    for attempt in 1.. {
        tokio::select! {
            biased;
            _ = stopping.wait_for(|stopping| *stopping) => return Ok(State::Planned),
            () = context.server.ready() => {}
        }
        // Time has passed if the server wanted to be left alone; a record that has expired is for the next round.
        if !batch.age(now()).is_empty() {
            return Ok(State::Planned);
        }
        let until = now().saturating_add(millis(context.timeout));
        journal.sending(chunk.id, &batch.hash, until, context.server.earliest_now())?;
        let answer =
            token_operations_auth_token_create_batch_api(&context.server.core, &batch.request, Some(&once));
        let error = match answer.await.map(|answer| answer.value.request_id) {
            Ok(Some(request_id)) => {
                journal.sent(chunk.id, &request_id)?;
                chunk.request_id = Some(request_id);
                break;
            }
            Ok(None) => return journal.lost(chunk.id, now()),
            Err(error) => error,
        };
        match refusal(&error) {
            Refusal::Unknown(asked) => {
                leave_alone(&context, &error, asked.unwrap_or_default());
                return journal.lost(chunk.id, now());
            }
            Refusal::Content(code) => return journal.set_state(chunk.id, State::Refused, Some(&code)),
            Refusal::Again(asked) if attempt < ATTEMPTS => {
                journal.unsent(chunk.id)?;
                let own = Duration::from_millis(250).saturating_mul(1 << attempt.min(7));
                leave_alone(&context, &error, asked.unwrap_or(own));
            }
            Refusal::Again(_) | Refusal::Anything => {
                journal.unsent(chunk.id)?;
                return Err(error.into());
            }
        }
    }
    drop(batch);
    await_result(context, chunk).await
}

/// Sends nothing for so long, and says so if that may be noticed.
fn leave_alone(context: &Context, error: &AuthleteError, pause: Duration) {
    context.server.leave_alone(pause);
    if pause >= Duration::from_secs(5) {
        let seconds = pause.as_secs();
        context.book.progress.note(&format!("{error}: sending goes on in {seconds} s"));
    }
}

/// Waits for the result of a chunk that was accepted.
async fn await_result(context: Arc<Context>, chunk: Chunk) -> Result<State, Stop> {
    let journal = &context.book.journal;
    let request_id = chunk.request_id.as_deref().unwrap_or_default();
    let mut stopping = context.stopping.subscribe();
    let waited = tokio::select! {
        waited = wait(&context, request_id) => waited,
        // It stays as it is, and is waited for in the next run.
        _ = stopping.wait_for(|stopping| *stopping) => return Ok(State::Sent),
    };
    let status = match waited {
        Ok(status) => status,
        // Not finished in time, or nobody to be asked for now.
        Err(error) if error.is_retryable() => {
            context.book.progress.note(&format!("{error}: a batch is waited for in the next run"));
            return Ok(State::Sent);
        }
        // The batch is not known, as if the server had forgotten it.
        Err(error) if says_not_found(&error) => return journal.lost(chunk.id, now()),
        Err(error) => return Err(error.into()),
    };
    let members = i64::try_from(chunk.members).unwrap_or(i64::MAX);
    let is_whole = status.token_count.is_none_or(|count| count == members);
    if status.result == Some(TokenBatchStatusResult::Succeeded) && is_whole {
        journal.set_state(chunk.id, State::Succeeded, None)?;
        context.book.progress.add(chunk.members);
        Ok(State::Succeeded)
    } else {
        let code = printable(status.error_code.as_deref());
        journal.set_state(chunk.id, State::Failed, code.as_deref())
    }
}

/// Waits for the end of a batch.
pub(crate) async fn wait(context: &Context, request_id: &str) -> Result<TokenBatchStatus, AuthleteError> {
    let request = AuthTokenCreateBatchStatusApiRequest::new(request_id);
    let options = WaitOptions::new()
        .timeout(context.delivery.batch_timeout)
        .initial_interval(Duration::from_millis(200))
        .not_found_grace(context.delivery.grace);
    let status = token_operations_wait_for_batch(&context.server.core, &request, &options).await?;
    Ok(status.into_value())
}
