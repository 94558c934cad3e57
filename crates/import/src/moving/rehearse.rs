//! Tries the whole file with dry runs, so that what the server would refuse shows before anything is created.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::TokenBatchStatusResult;
use tokio::task::JoinSet;

use super::context::Context;
use super::divide::{Trouble, divide};
use super::send::{shed_expired, wait};
use crate::input::Reader;
use crate::journal::{Chunk, Settlement, Verdict};
use crate::plan::Batch;
use crate::server::{Found, Refusal, printable, refusal, says_not_found};
use crate::stop::Stop;

/// What a dry run found.
enum Outcome {
    Fine,
    Trouble(Trouble, Option<String>),
}

/// Rehearses every chunk. Those at fault are divided, as in the real run, until the records at fault are rejected.
pub(crate) async fn rehearse_all(context: &Arc<Context>, reader: &mut Reader) -> Result<(), Stop> {
    let journal = &context.book.journal;
    // Whether the server tells the outcome of a dry run.
    let tells = Arc::new(AtomicBool::new(true));
    let mut tasks = JoinSet::new();
    let mut last = 0;
    loop {
        while tasks.len() < usize::from(context.delivery.concurrency)
            && let Some(chunk) = journal.next_unrehearsed(last)?
        {
            last = chunk.id;
            let mut batch = Batch::load(&chunk, journal, reader, context.book.shard)?;
            if !shed_expired(context, &chunk, &mut batch)? {
                batch.request.dry_run = Some(true);
                tasks.spawn(rehearse(Arc::clone(context), chunk, batch, Arc::clone(&tells)));
            }
        }
        let Some(done) = tasks.join_next().await else {
            return Ok(());
        };
        let (mut chunk, batch, outcome) = done.map_err(|error| Stop::during("a dry run failed", error))??;
        match outcome {
            Outcome::Fine => {
                journal.rehearsed(chunk.id)?;
                context.book.progress.add(chunk.members);
            }
            Outcome::Trouble(trouble, code) => {
                chunk.code = code;
                let settlement = settle(context, &chunk, &batch, trouble).await?;
                journal.settle(&chunk, &settlement)?;
                context.book.progress.add(settlement.verdicts.len() as u64);
                let rejected = journal.rejected_by_server()?;
                if rejected > context.delivery.max_rejected {
                    return Err(Stop::new(format!(
                        "the dry run has rejected {rejected} records, more than --max-rejected allows"
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
) -> Result<(Chunk, Batch, Outcome), Stop> {
    context.server.ready().await;
    let core = &context.server.core;
    // A dry run may be repeated, which the core does by itself.
    let request_id = match token_operations_auth_token_create_batch_api(core, &batch.request, None).await {
        Ok(answer) => answer.value.request_id,
        Err(error) => {
            let Refusal::Content(code) = refusal(&error) else {
                return Err(error.into());
            };
            return Ok((chunk, batch, Outcome::Trouble(Trouble::Refused, Some(code))));
        }
    };
    let outcome = match request_id.filter(|_| tells.load(Ordering::Relaxed)) {
        None => Outcome::Fine,
        Some(request_id) => match wait(&context, &request_id).await {
            Ok(status) if status.result == Some(TokenBatchStatusResult::Succeeded) => Outcome::Fine,
            Ok(status) => Outcome::Trouble(Trouble::Failed, printable(status.error_code.as_deref())),
            Err(error) if says_not_found(&error) => {
                if tells.swap(false, Ordering::Relaxed) {
                    context.book.progress.note("the server does not tell the outcome of dry runs");
                }
                Outcome::Fine
            }
            Err(error) => return Err(error.into()),
        },
    };
    Ok((chunk, batch, outcome))
}

/// Sets the tokens apart that exist already, which is no fault of theirs, and divides the others.
async fn settle(
    context: &Context,
    chunk: &Chunk,
    batch: &Batch,
    trouble: Trouble,
) -> Result<Settlement, Stop> {
    let mut settlement = Settlement::default();
    let mut others = batch.members.clone();
    if trouble == Trouble::Failed || batch.members.len() == 1 {
        let all: Vec<usize> = (0..batch.members.len()).collect();
        let found = context.finder.find(&context.server, &batch.wanted(&all)).await?;
        let pairs = || batch.members.iter().zip(&found);
        let is_present = |found: &Found| matches!(found, Found::Present { .. });
        settlement.verdicts.extend(
            pairs()
                .filter(|(_, found)| is_present(found))
                .map(|(member, _)| (*member, Verdict::Existing, None)),
        );
        others = pairs().filter(|(_, found)| !is_present(found)).map(|(member, _)| *member).collect();
    }
    divide(chunk, others, trouble, &mut settlement);
    Ok(settlement)
}
