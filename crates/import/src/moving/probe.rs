//! A look at tokens that have just been created, before more are sent.

use std::sync::atomic::Ordering;

use super::context::Context;
use super::verdict::wrong;
use crate::chunking::Batch;
use crate::flow::Phase;
use crate::input::Reader;
use crate::journal::{Chunk, Finding, Flaw};
use crate::stop::Stop;

/// Looks at a few tokens of a batch that has succeeded. What differs from its record is kept as a finding, and stops the run.
pub(super) async fn probe(context: &Context, reader: &mut Reader, chunk: &Chunk) -> Result<(), Stop> {
    let job = &context.job;
    let most = usize::from(context.delivery.probe);
    if most == 0 {
        return job.journal.set_meta("unprobed", "yes");
    }
    let batch = Batch::load(chunk, &job.journal, reader, job.shard)?;
    let indexes = spread(batch.members.len(), most);
    let (found, stop) = context.finder.listed(&batch.wanted(&indexes)).await;
    if let Some(stop) = stop {
        // An interruption: the next run looks at them.
        return if context.flow.is_at(Phase::Finishing) { Ok(()) } else { Err(stop) };
    }
    let members = indexes.iter().filter_map(|index| batch.members.get(*index));
    let findings: Vec<Finding> =
        members.zip(&found).filter_map(|(member, found)| wrong(*member, found)).collect();
    let (unclear, wrong): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| finding.flaw == Flaw::Unclear);
    if !unclear.is_empty() && !context.has_noted_unclear.swap(true, Ordering::Relaxed) {
        job.progress.note(
            "note: the server does not tell of some of the tokens that it has just created: see `verify`",
        );
    }
    job.journal.note_findings(&wrong, &[])?;
    job.journal.probed(chunk.id)?;
    let Some(first) = wrong.first() else {
        return Ok(());
    };
    let hint = match first.flaw {
        Flaw::Incomplete => "; does the service support the grant type REFRESH_TOKEN?",
        _ => "",
    };
    Err(Stop::new(format!(
        "tokens that have just been created are not what was sent, and nothing more is sent: {} of {} that were looked at, such as \
         that of record {}: {}{hint}; `verify --all` finds all of them, and `run --repair` mends them when the cause is gone",
        wrong.len(),
        found.len(),
        first.member.number,
        first.told(),
    )))
}

/// So many indexes below `length`, spread evenly, the first and the last among them.
fn spread(length: usize, most: usize) -> Vec<usize> {
    let steps = most.min(length).saturating_sub(1);
    let mut indexes: Vec<usize> =
        (0..=steps).map(|step| (step * length.saturating_sub(1)).checked_div(steps).unwrap_or(0)).collect();
    indexes.truncate(length);
    indexes
}

/// Looks at the batches that have succeeded and have not been looked at, as after an interruption.
pub(super) async fn probe_rest(context: &Context, reader: &mut Reader) -> Result<(), Stop> {
    if context.delivery.probe == 0 {
        return Ok(());
    }
    let mut last = 0;
    while let Some(chunk) = context.job.journal.next_unprobed(last)? {
        context.flow.goes_on()?;
        last = chunk.id;
        probe(context, reader, &chunk).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn the_first_and_the_last_are_among_those_looked_at() {
        assert_eq!(spread(1000, 3), [0, 499, 999]);
        assert_eq!(spread(2, 3), [0, 1]);
        assert_eq!(spread(1, 3), [0]);
        assert_eq!(spread(5, 1), [0]);
        assert!(spread(0, 3).is_empty());
        assert_eq!(spread(4, 4), [0, 1, 2, 3]);
    }
}
