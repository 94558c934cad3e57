//! The subcommand `merge`: one report, and one summary, of several.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::json;

use super::cli::{MergeArgs, ReportLayout};
use super::lines::{ReportLine, ReportReader, ReportWriter};
use super::output::{must_not_be, written_whole};
use super::summary::{Merged, Summary, TOOL};
use crate::clock::now;
use crate::input::hash::Hashed;
use crate::input::{Compared, Duplicates, Shard};
use crate::journal::{Counts, Reason};
use crate::stop::Stop;
use crate::terminal::{event, say};

/// Merges. `true` if all parts are there, and all of their records.
pub(crate) fn merge(args: &MergeArgs) -> Result<bool, Stop> {
    let mut parts = args.reports.iter().map(|path| Part::open(path)).collect::<Result<Vec<_>, _>>()?;
    must_fit(&parts)?;
    // Those of a file stand together.
    let files: Vec<_> = parts.iter().map(|part| part.summary.sha256.clone()).collect();
    parts.sort_by_key(|part| files.iter().position(|file| *file == part.summary.sha256));
    let missing = missing(&parts);
    let read: Vec<PathBuf> =
        args.reports.iter().flat_map(|path| [path.clone(), Summary::path(path)]).collect();
    let (summaries, report_sha256, tokens_again) = match &args.output {
        None => write(parts, args.layout, io::sink())?,
        Some(path) => {
            must_not_be(path, &read)?;
            must_not_be(&Summary::path(path), &read)?;
            written_whole(path, "the report", |output| write(parts, args.layout, output))?
        }
    };
    let mut summary = sum(summaries, missing, tokens_again);
    if let Some(path) = &args.output {
        summary.report_sha256 = Some(report_sha256);
        summary.write(path)?;
    }
    if args.json {
        event(&json!({"event": "merged", "summary": summary}));
    } else {
        summary.lines().iter().for_each(|line| say(line));
    }
    let is_whole = summary.merged.is_some_and(|merged| merged.missing.is_empty());
    Ok(is_whole && summary.counts.failed() == 0)
}

/// A report that is read.
struct Part {
    path: PathBuf,
    summary: Summary,
    shard: Shard,
    lines: ReportReader<BufReader<Hashed<File>>>,
    /// The line that comes next.
    next: Option<ReportLine<'static>>,
}

impl Part {
    fn open(path: &Path) -> Result<Self, Stop> {
        let failed = |error: &dyn std::fmt::Display| {
            Stop::new(format!("cannot read {} with its summary beside it: {error}", path.display()))
        };
        let text = fs::read(Summary::path(path)).map_err(|error| failed(&error))?;
        let summary: Summary = serde_json::from_slice(&text).map_err(|error| failed(&error))?;
        if summary.merged.is_some() {
            return Err(failed(&"it was merged itself: name the reports that it was made of"));
        }
        let shard = summary.shard.as_deref().unwrap_or("1/1").parse().map_err(|error| failed(&error))?;
        let file = Hashed::new(File::open(path).map_err(|error| failed(&error))?);
        let lines =
            ReportReader::new(BufReader::with_capacity(64 << 10, file)).map_err(|error| failed(&error))?;
        let mut part = Self { path: path.to_owned(), summary, shard, lines, next: None };
        part.advance()?;
        Ok(part)
    }

    /// The next line, which makes way for the one behind it.
    fn advance(&mut self) -> Result<Option<ReportLine<'static>>, Stop> {
        let next = self.lines.next().map_err(|_| {
            Stop::new(format!("{} is no report, or has lines that are none of a report", self.path.display()))
        })?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    /// Once all lines have been read: they must be those that the summary is of.
    fn finish(self) -> Result<Summary, Stop> {
        let hash = self.lines.into_inner().into_inner().hash();
        if self.summary.report_sha256 == Some(hash) {
            return Ok(self.summary);
        }
        let path = self.path.display();
        Err(Stop::new(format!("{path} is not the report that its summary is of: write it once more")))
    }
}

/// Refuses what does not belong together, or is there twice.
fn must_fit(parts: &[Part]) -> Result<(), Stop> {
    let refuse = |one: &Part, other: &Part, what: &str| {
        let (one, other) = (one.path.display(), other.path.display());
        Err(Stop::new(format!("{one} and {other} {what}")))
    };
    for (index, part) in parts.iter().enumerate() {
        for earlier in parts.iter().take(index) {
            let (one, other) = (&earlier.summary, &part.summary);
            if one.server != other.server {
                return refuse(earlier, part, "are of different servers");
            }
            if one.service != other.service {
                return refuse(earlier, part, "are of different services");
            }
            if one.purpose != other.purpose {
                return refuse(earlier, part, "are of an import and a deletion");
            }
            if one.key_id != other.key_id {
                return refuse(
                    earlier,
                    part,
                    "name tokens by different keys: write them with one --key-file",
                );
            }
            if one.sha256 != other.sha256 {
                continue;
            }
            if earlier.shard == part.shard {
                return refuse(earlier, part, "are of the same records of the same file");
            }
            if !earlier.shard.is_of_one_division_with(part.shard) {
                return refuse(earlier, part, "are of one file, divided in different ways");
            }
        }
    }
    Ok(())
}

/// The parts that are not there.
fn missing(parts: &[Part]) -> Vec<String> {
    let mut missing = Vec::new();
    for group in parts.chunk_by(|one, other| one.summary.sha256 == other.summary.sha256) {
        let Some(first) = group.first() else { continue };
        let is_there = |shard: &Shard| group.iter().any(|part| part.shard == *shard);
        let file = first.summary.file.as_deref().unwrap_or("?");
        missing.extend(
            first.shard.all().filter(|shard| !is_there(shard)).map(|shard| format!("part {shard} of {file}")),
        );
        let samples = group.iter().filter_map(|part| part.summary.sample.as_ref());
        missing.extend(samples.map(|sample| format!("all but a sample, {sample}, of {file}")));
    }
    missing
}

/// A line of the report of all.
#[derive(Serialize)]
struct MergedLine<'a> {
    file: &'a str,
    record: u64,
    sha256: &'a str,
    state: &'a str,
    reason: &'a str,
}

/// Writes the lines of all parts, those of a file in the order of its records. Returns the summaries of the parts, the hash of
/// what was written, and how many tokens stand in more than one file.
fn write(
    mut parts: Vec<Part>,
    layout: ReportLayout,
    output: impl Write,
) -> Result<(Vec<Summary>, String, u64), Stop> {
    let failed = |error| Stop::during("cannot write the report", error);
    let mut hashed = Hashed::new(output);
    let mut writer = ReportWriter::new(layout, &mut hashed);
    let mut tokens = Duplicates::new();
    for (number, group) in
        parts.chunk_by_mut(|one, other| one.summary.sha256 == other.summary.sha256).enumerate()
    {
        let mut last = None;
        let file = group.first().and_then(|part| part.summary.file.clone()).unwrap_or_default();
        let record = |part: &Part| part.next.as_ref().map(|line| line.record);
        while let Some(part) =
            group.iter_mut().filter(|part| part.next.is_some()).min_by_key(|part| record(part))
        {
            let path = part.path.clone();
            let Some(line) = part.advance()? else { break };
            if last >= Some(line.record) {
                let (path, record) = (path.display(), line.record);
                return Err(Stop::new(format!(
                    "{path}: record {record} of {file} is there twice, or out of order"
                )));
            }
            last = Some(line.record);
            if let Some(hash) = unhex(&line.sha256) {
                tokens.add(Compared::AccessToken, &hash, number as u64)?;
            }
            let ReportLine { record, sha256, state, reason } = &line;
            let line = MergedLine { file: &file, record: *record, sha256, state, reason };
            writer.write(&line).map_err(failed)?;
        }
    }
    writer.finish().map_err(failed)?;
    let mut again = 0;
    tokens.finish(|_, file, first| {
        again += u64::from(file != first);
        Ok::<_, Stop>(())
    })?;
    let summaries = parts.into_iter().map(Part::finish).collect::<Result<_, _>>()?;
    Ok((summaries, hashed.hash(), again))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let digits: Vec<_> = text.chars().filter_map(|digit| digit.to_digit(16)).collect();
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    (digits.len() == 64).then_some(bytes)
}

/// The summary of all. There are parts, and they are of one service.
fn sum(parts: Vec<Summary>, missing: Vec<String>, tokens_again: u64) -> Summary {
    let mut counts = Counts::default();
    let mut reasons: BTreeMap<(String, String), u64> = BTreeMap::new();
    for part in &parts {
        counts += part.counts;
        for Reason { state, reason, records } in part.reasons.clone() {
            *reasons.entry((state, reason)).or_default() += records;
        }
    }
    let mut reasons: Vec<_> =
        reasons.into_iter().map(|((state, reason), records)| Reason { state, reason, records }).collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.records));
    // All have ended, or none of it has.
    let ended: Option<Vec<_>> = parts.iter().map(|part| part.ended_at).collect();
    let first = parts.first();
    Summary {
        tool: TOOL.to_owned(),
        purpose: first.and_then(|part| part.purpose.clone()),
        server: first.and_then(|part| part.server.clone()),
        service: first.and_then(|part| part.service.clone()),
        file: None,
        bytes: None,
        sha256: None,
        shard: None,
        sample: None,
        records: counts.total(),
        counts,
        reasons,
        begun_at: parts.iter().filter_map(|part| part.begun_at).min(),
        ended_at: ended.and_then(|times| times.into_iter().max()),
        written_at: now(),
        is_unprobed: parts.iter().any(|part| part.is_unprobed),
        is_under_way: parts.iter().any(|part| part.is_under_way),
        accepted_doubts: parts.iter().find_map(|part| part.accepted_doubts.clone()),
        report_sha256: None,
        key_id: first.and_then(|part| part.key_id.clone()),
        merged: Some(Merged { parts, missing, tokens_again }),
    }
}
