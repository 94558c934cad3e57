//! Tries the whole file with dry runs, so that what the server would refuse shows before anything is created.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::TokenBatchStatusResult;
use tokio::task::JoinSet;

use super::context::Context;
use super::divide::{BatchFailure, divide};
use super::send::shed_expired;
use super::verdict::{known_refresh_tokens, present};
use crate::chunking::Batch;
use crate::count::count;
use crate::input::Reader;
use crate::journal::{Chunk, Settlement};
use crate::server::{BatchEnd, Detail, Failure, Found, Refusal, RequestKind, printable, refusal};
use crate::stop::Stop;

/// What a dry run found.
enum DryRun {
    Fine,
    Failed(BatchFailure, Option<String>),
}

/// Rehearses every chunk. Those at fault are divided, as in the real run, until the records at fault are rejected. Records
/// whose refresh tokens are to be free first are tried without these.
pub(crate) async fn rehearse_all(context: &Arc<Context>, reader: &mut Reader) -> Result<(), Stop> {
    let journal = &context.job.journal;
    // Whether the server tells the outcome of a dry run.
    let tells = Arc::new(AtomicBool::new(true));
    let mut tasks = JoinSet::new();
    let mut last = 0;
    loop {
        context.flow.goes_on()?;
        while tasks.len() < usize::from(context.delivery.concurrency())
            && let Some(chunk) = journal.next_unrehearsed(last)?
        {
            last = chunk.id;
            let mut batch = Batch::load(&chunk, journal, reader, context.job.shard)?;
            if !shed_expired(context, &chunk, &mut batch)? {
                batch.request.dry_run = Some(true);
                for (member, token) in batch.members.iter().zip(&mut batch.request.request_body) {
                    if context.superseded.makes_way_for(member.number) {
                        (token.refresh_token, token.refresh_token_duration) = (None, None);
                    }
                }
                tasks.spawn(rehearse(Arc::clone(context), chunk, batch, Arc::clone(&tells)));
            }
        }
        let Some(done) = tasks.join_next().await else {
            return Ok(());
        };
        let (mut chunk, batch, outcome) = done.map_err(|error| Stop::during("a dry run failed", error))??;
        match outcome {
            DryRun::Fine => {
                journal.rehearsed(chunk.id)?;
                context.job.progress.add(chunk.members);
            }
            DryRun::Failed(failure, code) => {
                chunk.code = code;
                let settlement = settle(context, &chunk, &batch, failure).await?;
                journal.settle(&chunk, &settlement)?;
                context.job.progress.add(settlement.outcomes.len() as u64);
                let rejected = journal.rejected_by_server()?;
                if rejected > context.delivery.max_rejected {
                    return Err(Stop::new(format!(
                        "the dry run has rejected {}, more than --max-rejected allows",
                        count(rejected, "record")
                    )));
                }
            }
        }
    }
}

async fn rehearse(
    context: Arc<Context>,
    chunk: Chunk,
    batch: Batch,
    tells: Arc<AtomicBool>,
) -> Result<(Chunk, Batch, DryRun), Stop> {
    // A dry run may be repeated.
    let asked = context.server.ask(RequestKind::Batch, |core| {
        let batch = &batch;
        async move { token_operations_auth_token_create_batch_api(&core, &batch.request, None).await }
    });
    let request_id = match asked.await {
        Ok(answer) => answer.into_value().request_id,
        Err(Failure::Refused(error)) => {
            let Refusal::Content(code) = refusal(&error) else {
                return Err(error.into());
            };
            return Ok((chunk, batch, DryRun::Failed(BatchFailure::Refused, Some(code))));
        }
        Err(failure) => return Err(failure.into()),
    };
    let outcome = match request_id.filter(|_| tells.load(Ordering::Relaxed)) {
        None => DryRun::Fine,
        Some(request_id) => match context.server.result_of(&request_id, context.waiting()).await? {
            BatchEnd::Finished(status) if status.result == Some(TokenBatchStatusResult::Succeeded) => {
                DryRun::Fine
            }
            BatchEnd::Finished(status) => {
                DryRun::Failed(BatchFailure::Failed, printable(status.error_code.as_deref()))
            }
            BatchEnd::Late => {
                return Err(Stop::new("a dry run is not finished in time: see --batch-timeout"));
            }
            BatchEnd::NotFound => {
                if tells.swap(false, Ordering::Relaxed) {
                    context.job.progress.note("the server does not tell the outcome of dry runs");
                }
                DryRun::Fine
            }
        },
    };
    Ok((chunk, batch, outcome))
}

/// Sets the tokens apart that exist already, and divides the others.
async fn settle(
    context: &Context,
    chunk: &Chunk,
    batch: &Batch,
    failure: BatchFailure,
) -> Result<Settlement, Stop> {
    let all: Vec<usize> = (0..batch.members.len()).collect();
    if failure == BatchFailure::Refused && all.len() > 1 {
        let mut settlement = Settlement::default();
        divide(chunk, batch.members.clone(), failure, &mut settlement);
        return Ok(settlement);
    }
    let (found, stop) = context.finder.find(&batch.wanted(&all), Detail::Whole).await;
    if let Some(stop) = stop {
        return Err(stop);
    }
    let mut settlement = present(context, chunk, batch, &found);
    let mut others: Vec<usize> =
        all.into_iter().filter(|index| !matches!(found.get(*index), Some(Found::Present { .. }))).collect();
    known_refresh_tokens(context, batch, &mut others, &mut settlement).await?;
    let others = others.iter().filter_map(|index| batch.members.get(*index)).copied().collect();
    divide(chunk, others, failure, &mut settlement);
    Ok(settlement)
}
