//! Replaces a token of this import that differs from its record.

use std::sync::Arc;

use super::context::Context;
use super::probe::probe;
use super::send::deliver;
use crate::chunking::{Batch, load_members};
use crate::flow::Phase;
use crate::input::Reader;
use crate::journal::{ChunkState, Member};
use crate::server::{Deletion, delete_each};
use crate::stop::Stop;

/// Deletes the token and creates it as its record says, at once: its value cannot be given to a second token before. Returns
/// whether it was replaced.
pub(crate) async fn renew(context: &Arc<Context>, reader: &mut Reader, member: Member) -> Result<bool, Stop> {
    let job = &context.job;
    let number = member.number;
    let mut batch = load_members(&[member], reader)?;
    if !batch.age(context.server.clock.now()).is_empty() {
        job.progress.note(&format!("record {number}: it is about to expire, and its token is left as it is"));
        return Ok(false);
    }
    // Nothing is deleted that could not be created again.
    context.server.is_back().await?;
    let (done, stop) = delete_each(&context.server, batch.access_tokens()).await;
    match done.first() {
        Some((_, Deletion::Deleted | Deletion::Absent)) => {}
        Some((_, Deletion::Refused(reason))) => {
            job.progress.note(&format!("record {number}: its token cannot be deleted: {reason}"));
            return Ok(false);
        }
        None => return stop.map_or(Ok(false), Err),
    }
    job.journal.repair(&[member])?;
    let Some(chunk) = job.journal.chunk_of(number)? else {
        return Err(Stop::new("the journal contradicts itself"));
    };
    let batch = Batch::load(&chunk, &job.journal, reader, job.shard)?;
    // An interruption does not come between.
    let (chunk, state) = deliver(Arc::clone(context), chunk, batch, Phase::Over).await?;
    if state != ChunkState::Succeeded {
        return Err(Stop::new(format!(
            "record {number}: its token was deleted to be replaced, and has not been created yet: run it again"
        )));
    }
    probe(context, reader, &chunk).await?;
    Ok(true)
}
