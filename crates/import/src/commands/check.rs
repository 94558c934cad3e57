//! The subcommand `check`: the rules, applied offline.

use serde_json::json;

use super::cli::CheckArgs;
use super::notes::{expired_note, exposed_note, hazard_note};
use super::output::{must_be_writable, must_not_be};
use super::rejects;
use crate::clock::now;
use crate::count::count;
use crate::input::{Doubt, Input, Problem, Seen, Sink, scan};
use crate::stop::Stop;
use crate::terminal::{Progress, event, say};

/// Names the problems. `true` if there are none.
pub(crate) fn check(args: &CheckArgs) -> Result<bool, Stop> {
    let input = Input::new(&args.file.file, &args.file.reading)?;
    let progress = Progress::new(args.file.json);
    progress.stage("checking", "bytes", 0, input.size()?, 0);
    let limit = if args.limit == 0 { u64::MAX } else { args.limit };
    if let Some(path) = &args.rejects {
        must_not_be(path, std::slice::from_ref(&args.file.file))?;
        must_be_writable(path, rejects::REJECTED)?;
    }
    let mut printer =
        Printer { progress: &progress, shown: 0, limit, rejected: args.rejects.is_some().then(Vec::new) };
    let tick = |bytes| {
        progress.set(bytes);
        Ok(())
    };
    let findings = scan(&input, args.file.shard, args.strict, now(), &mut printer, tick)?;
    progress.finish();
    if let (Some(path), Some(mut rejected)) = (&args.rejects, printer.rejected) {
        rejected.sort_unstable();
        let written = rejects::write(&input, path, |number| Ok(rejected.binary_search(&number).is_ok()))?;
        written.tell(&progress, path);
    }
    if let Some(note) = input.exposed()?.map(exposed_note) {
        if progress.is_json() {
            event(&json!({"event": "note", "text": note}));
        } else {
            say(&note);
        }
    }
    let mut is_doubtful = false;
    for doubt in findings.hazards.doubtful().filter(|_| !input.accepted().these_are_tokens) {
        is_doubtful = true;
        let warning = input.columns().with_alternative(format!("WARNING: {doubt}. {}", Doubt::ADVICE));
        if progress.is_json() {
            event(&json!({"event": "warning", "text": warning}));
        } else {
            say(&warning);
        }
    }
    for (what, records, first) in findings.hazards.iter() {
        if progress.is_json() {
            event(&json!({"event": "hazard", "what": what, "records": records, "first": first}));
        } else {
            say(&hazard_note(records, what, first));
        }
    }
    let (records, problems, expired) = (findings.records, findings.problems, findings.expired);
    if progress.is_json() {
        event(&json!({"event": "checked", "records": records, "problems": problems, "expired": expired}));
    } else {
        if problems > limit {
            say(&format!("... and {} more", count(problems - limit, "problem")));
        }
        if expired > 0 {
            say(&format!("note: {}", expired_note(expired)));
        }
        if findings.temporary > 0 {
            let megabytes = findings.temporary.div_ceil(1_000_000);
            say(&format!("note: looking for duplicates took about {megabytes} MB of temporary space"));
        }
        if records == 0 {
            say("note: the file holds no records");
        }
        say(&format!("{}, {}", count(records, "record"), count(problems, "problem")));
    }
    Ok(problems == 0 && !(args.strict && is_doubtful))
}

/// Shows problems as they are found.
struct Printer<'a> {
    progress: &'a Progress,
    shown: u64,
    limit: u64,
    /// The records with problems, if they are to be written.
    rejected: Option<Vec<u64>>,
}

impl Printer<'_> {
    fn print(&mut self, number: u64, problem: &Problem) {
        if let Some(rejected) = &mut self.rejected {
            rejected.push(number);
        }
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
    }
}

impl Sink for &mut Printer<'_> {
    fn good(&mut self, _: &Seen<'_>) -> Result<(), Stop> {
        Ok(())
    }

    fn bad(&mut self, seen: &Seen<'_>, problems: &[Problem]) -> Result<(), Stop> {
        problems.iter().for_each(|problem| self.print(seen.number, problem));
        Ok(())
    }

    fn expired(&mut self, _: &Seen<'_>) -> Result<(), Stop> {
        Ok(())
    }

    fn duplicate(&mut self, number: u64, problem: &Problem) -> Result<(), Stop> {
        self.print(number, problem);
        Ok(())
    }
}
