//! A look at the first tokens that a run has created, before it creates all the others.

use std::sync::atomic::Ordering;

use super::context::Context;
use crate::flow::Phase;
use crate::input::Reader;
use crate::journal::Chunk;
use crate::plan::Batch;
use crate::server::Found;
use crate::stop::Stop;

/// Stops the run if the server drops refresh tokens.
pub(super) async fn probe(context: &Context, reader: &mut Reader, chunk: &Chunk) -> Result<(), Stop> {
    if context.is_probed.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    let book = &context.book;
    let batch = Batch::load(chunk, &book.journal, reader, book.shard)?;
    let with_refresh = |index: &usize| {
        let token = batch.tokens().get(*index);
        batch.lifetimes.get(*index).is_some_and(|lifetimes| lifetimes.refreshable)
            && token.is_some_and(|token| token.refresh_token.is_some())
    };
    let indexes: Vec<usize> = (0..batch.members.len()).filter(with_refresh).collect();
    let few = [indexes.first(), indexes.get(indexes.len() / 2), indexes.last()];
    let mut few: Vec<usize> = few.into_iter().flatten().copied().collect();
    few.dedup();
    let (found, stop) = context.finder.listed(&batch.wanted(&few)).await;
    if let Some(stop) = stop {
        // What cannot be looked at now is looked at with the next chunk.
        context.is_probed.store(false, Ordering::Relaxed);
        if context.flow.is_at(Phase::Finishing) {
            return Ok(());
        }
        book.progress.note(&format!("the first tokens could not be looked at: {stop}"));
        return Ok(());
    }
    for found in &found {
        if let Found::Present { differences, .. } = found {
            if differences.lacks_refresh_token() {
                return Err(Stop::new(
                    "the server has created tokens without their refresh tokens: does the service support the grant type \
                     REFRESH_TOKEN? When that is fixed, `verify --all` finds these tokens, and `run --repair` moves them again",
                ));
            }
            if !differences.is_empty() {
                book.progress.note(&format!(
                    "note: tokens that were just created differ from their records ({differences}): see `verify`"
                ));
                break;
            }
        }
    }
    Ok(())
}
