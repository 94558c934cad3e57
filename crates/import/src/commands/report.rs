//! The subcommand `report`: what became of each record, with its token as a hash.

use std::io::{self, BufWriter, Write};

use super::cli::{ReportArgs, ReportLayout};
use super::lines::{ReportLine, ReportWriter};
use super::output::{is_special, must_be_writable, must_not_be, must_not_overwrite, written_whole};
use super::rejects::{REJECTED, write_rejected};
use super::summary::Summary;
use crate::chunking::Job;
use crate::input::hash::{Hashed, Names, sha256};
use crate::input::{Reader, Record};
use crate::journal::Outcomes;
use crate::stop::Stop;

pub(crate) fn report(args: &ReportArgs) -> Result<bool, Stop> {
    let job = Job::view(&args.journal, false)?;
    // Lines, rejected records and the summary are of one moment.
    job.journal.freeze()?;
    let names = Names::new(args.key_file.as_deref())?;
    let layout = if args.journal.file.json { ReportLayout::Json } else { args.layout };
    let summary = args.output.as_ref().filter(|path| !is_special(path)).map(|path| Summary::path(path));
    let outputs = [(&args.output, "the report"), (&summary, "the summary"), (&args.rejects, REJECTED)];
    for (path, what) in outputs {
        let Some(path) = path else { continue };
        must_not_overwrite(path, &args.journal)?;
        must_not_be(path, args.key_file.as_slice())?;
        must_be_writable(path, what)?;
    }
    if args.rejects.is_some() && (args.rejects == args.output || args.rejects == summary) {
        return Err(Stop::new("--rejects names the same file as --output, or the summary beside it"));
    }
    match &args.output {
        None => {
            write(&job, &names, layout, BufWriter::with_capacity(64 << 10, io::stdout().lock()))?;
        }
        Some(path) => {
            let hash = written_whole(path, "the report", |output| write(&job, &names, layout, output))?;
            if summary.is_some() {
                let key_id = names.key_id();
                Summary { key_id, ..Summary::of(&job, Some(hash))? }.write(path)?;
            }
        }
    }
    if let Some(path) = &args.rejects {
        write_rejected(&job, path, &args.journal)?;
    }
    Ok(job.journal.counts()?.found_wrong() == 0)
}

fn failed(error: impl std::fmt::Display) -> Stop {
    Stop::during("cannot write the report", error)
}

/// Writes the report, and returns its hash.
fn write(job: &Job, names: &Names, layout: ReportLayout, output: impl Write) -> Result<String, Stop> {
    let mut hashed = Hashed::new(output);
    let mut writer = ReportWriter::new(layout, &mut hashed);
    let mut reader = Reader::open(&job.input, false)?;
    let mut outcomes = Outcomes::new(&job.journal)?;
    while let Some(row) = reader.next()? {
        let number = row.number;
        let record = row.json.ok().and_then(|json| Record::parse(json).ok());
        let token = record.as_ref().map_or("", Record::access_token);
        let hash = sha256(token);
        if job.shard.is_some_and(|shard| !shard.holds(&hash)) {
            continue;
        }
        let (outcome, reason) = outcomes.of(number)?;
        let hash = if token.is_empty() { String::new() } else { names.of(token, &hash) };
        let (state, reason) = (outcome.as_str(), reason.as_deref().unwrap_or_default());
        let line =
            ReportLine { record: number, sha256: hash.into(), state: state.into(), reason: reason.into() };
        writer.write(&line).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(hashed.hash())
}
