//! The subcommand `status`: where an import stands, also while a run is under way.

use serde_json::json;

use super::cli::StatusArgs;
use super::summary::Summary;
use crate::chunking::Job;
use crate::stop::Stop;
use crate::terminal::{event, say};

pub(crate) fn status(args: &StatusArgs) -> Result<bool, Stop> {
    let job = Job::view(&args.journal, false)?;
    job.journal.freeze()?;
    let summary = Summary::of(&job, None)?;
    if job.progress.is_json() {
        event(&json!({"event": "status", "summary": summary}));
    } else {
        summary.lines().iter().for_each(|line| say(line));
    }
    Ok(summary.counts.found_wrong() == 0)
}
