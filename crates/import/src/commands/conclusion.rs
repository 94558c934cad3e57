//! How an import ended.

use serde_json::json;

use super::summary::{UNPROBED, of_import};
use crate::chunking::Job;
use crate::journal::Reason;
use crate::stop::Stop;
use crate::terminal::{event, say};

/// Tells where the import stands, whether or not it came to its end. `true` if all records are there. Those that have
/// expired are missed only if `strict` says so.
pub(super) fn conclude(job: &Job, outcome: Result<(), Stop>, strict: bool) -> Result<bool, Stop> {
    job.progress.finish();
    job.journal.end()?;
    let outcome = outcome.and_then(|()| job.must_be_unchanged());
    let counts = job.journal.counts();
    if let Ok(counts) = &counts {
        if job.progress.is_json() {
            let finished = outcome.is_ok();
            let reasons = job.journal.reasons()?;
            event(&json!({"event": "end", "finished": finished, "counts": counts, "reasons": reasons}));
        } else {
            say(&of_import(counts));
            for Reason { state, reason, records } in job.journal.reasons()? {
                say(&format!("  {records} {state}: {reason}"));
            }
            if job.journal.meta("unprobed")?.is_some() {
                say(UNPROBED);
            }
        }
    }
    outcome?;
    let counts = counts?;
    let expired = if strict { counts.expired } else { 0 };
    Ok(counts.failed() + expired == 0)
}
