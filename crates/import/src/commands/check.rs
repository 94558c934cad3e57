//! The subcommand `check`: the rules, applied offline.

use serde_json::json;

use super::cli::CheckArgs;
use crate::clock::now;
use crate::input::{Input, Problem, Seen, Sink, scan};
use crate::stop::Stop;
use crate::terminal::{Progress, event, say};

/// Names the problems. `true` if there are none.
pub(crate) fn check(args: &CheckArgs) -> Result<bool, Stop> {
    let input = Input::new(&args.file.file, args.file.format);
    let progress = Progress::new(args.file.json);
    progress.stage("checking", "bytes", 0, input.size()?);
    let limit = if args.limit == 0 { u64::MAX } else { args.limit };
    let printer = Printer { progress: &progress, shown: 0, limit };
    let findings = scan(&input, args.file.shard, now(), printer, |bytes| progress.set(bytes))?;
    progress.finish();
    for (what, count, first) in findings.hazards.iter() {
        if progress.is_json() {
            event(&json!({"event": "hazard", "what": what, "records": count, "first": first}));
        } else {
            say(&format!("note: {count} records {what} (first: record {first})"));
        }
    }
    let (records, problems) = (findings.records, findings.problems);
    if progress.is_json() {
        event(&json!({"event": "checked", "records": records, "problems": problems}));
    } else {
        if problems > limit {
            say(&format!("... and {} problems more", problems - limit));
        }
        say(&format!("{records} records, {problems} problems"));
    }
    Ok(problems == 0)
}

/// Shows problems as they are found.
struct Printer<'a> {
    progress: &'a Progress,
    shown: u64,
    limit: u64,
}

impl Sink for Printer<'_> {
    fn good(&mut self, _: &Seen) -> Result<(), Stop> {
        Ok(())
    }

    fn bad(&mut self, number: u64, problem: &Problem) -> Result<(), Stop> {
        if self.shown < self.limit {
            self.shown += 1;
            if self.progress.is_json() {
                event(&json!({
                    "event": "problem",
                    "record": number,
                    "field": problem.field,
                    "problem": problem.what,
                }));
            } else {
                say(&format!("record {number}: {problem}"));
            }
        }
        Ok(())
    }

    fn duplicate(&mut self, number: u64, problem: &Problem) -> Result<(), Stop> {
        self.bad(number, problem)
    }
}
