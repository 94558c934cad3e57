//! `run --repair`: moves again what was found to be missing, and replaces what is this import's and differs.

use std::sync::Arc;

use crate::count::{are, count, verb};
use crate::input::Reader;
use crate::journal::Flaw;
use crate::moving::{Context, renew};
use crate::stop::Stop;

/// How many findings are taken up at a time.
const PAGE: usize = 1000;

/// Plans what is missing once more. A token that is certainly this import's and differs from its record is deleted and created
/// again, one at a time. What may be another's is left alone, and its findings stand.
pub(super) async fn repair(context: &Arc<Context>) -> Result<(), Stop> {
    let (journal, progress) = (&context.job.journal, &context.job.progress);
    if !journal.has_findings()? {
        progress.note("there is nothing to repair: `verify --all` looks at every token");
        return Ok(());
    }
    let mut reader = Reader::open(&context.job.input, false)?;
    let (mut planned, mut renewed, mut left, mut last) = (0, 0, 0_u64, 0);
    loop {
        let page = journal.findings(last, PAGE)?;
        let Some(end) = page.last() else { break };
        last = end.member.number;
        let mut missing = Vec::new();
        for finding in page {
            context.flow.goes_on()?;
            match finding.flaw {
                Flaw::Missing => missing.push(finding.member),
                Flaw::Incomplete | Flaw::Differs if journal.is_own(finding.member.number)? => {
                    renew(context, &mut reader, finding.member).await?;
                    renewed += 1;
                }
                Flaw::Incomplete | Flaw::Differs | Flaw::Unclear => left += 1,
            }
        }
        planned += journal.repair(&missing)?;
    }
    let have = verb(renewed, "has", "have");
    progress.note(&format!(
        "{} moved again, {} {have} been replaced",
        are(planned, "record"),
        count(renewed, "token")
    ));
    if left > 0 {
        progress.note(&format!(
            "{left} {} left alone: what is there differs or is not told of, and may be another's; `report` names all of these",
            verb(left, "is", "are")
        ));
    }
    Ok(())
}
