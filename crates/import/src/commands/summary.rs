//! What an import is about and where it stands, for people and for machines.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::notes::accepted_note;
use super::output::written_whole;
use crate::chunking::Job;
use crate::clock::now;
use crate::count::{count, verb};
use crate::journal::{Counts, Reason, beside};
use crate::stop::Stop;

/// The summary of an import, or of several. Times are in milliseconds since 1970.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    pub(super) tool: String,
    /// `import` or `deletion`.
    pub(super) purpose: Option<String>,
    pub(super) server: Option<String>,
    pub(super) service: Option<String>,
    pub(super) file: Option<String>,
    pub(super) bytes: Option<String>,
    pub(super) sha256: Option<String>,
    pub(super) shard: Option<String>,
    /// How many of the file's records it is of, if not of all: "5 of 100".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sample: Option<String>,
    pub(super) records: u64,
    pub(super) counts: Counts,
    pub(super) reasons: Vec<Reason>,
    pub(super) begun_at: Option<i64>,
    /// When the last run ended.
    pub(super) ended_at: Option<i64>,
    pub(super) written_at: i64,
    pub(super) is_under_way: bool,
    /// Whether batches were not looked at after they had succeeded.
    #[serde(default)]
    pub(super) is_unprobed: bool,
    /// What looked wrong in the file and was said to be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) accepted_doubts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) report_sha256: Option<String>,
    /// By which key the report names tokens; none if it names them by their SHA-256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key_id: Option<String>,
    /// Of what it is the sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merged: Option<Merged>,
}

/// What has been merged.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Merged {
    pub(super) parts: Vec<Summary>,
    /// The shards that are not among the parts.
    pub(super) missing: Vec<String>,
    /// How many tokens stand in a file although an earlier one has them: they are counted for each.
    pub(super) tokens_again: u64,
}

pub(super) const UNPROBED: &str =
    "note: with --probe 0 nothing was looked at after it had been sent: see `verify`";
pub(super) const TOOL: &str = concat!("authlete-import ", env!("CARGO_PKG_VERSION"));

impl Summary {
    pub(super) fn of(job: &Job, report_sha256: Option<String>) -> Result<Self, Stop> {
        let journal = &job.journal;
        let counts = journal.counts()?;
        let time = |key| Ok::<_, Stop>(journal.meta(key)?.and_then(|time| time.parse().ok()));
        Ok(Self {
            tool: TOOL.to_owned(),
            purpose: journal.meta("purpose")?,
            server: journal.meta("server")?,
            service: journal.meta("service")?,
            file: journal.meta("file")?,
            bytes: journal.meta("bytes")?,
            sha256: journal.meta("sha256")?,
            shard: journal.meta("shard")?,
            sample: journal.meta("sample")?.filter(|sample| !sample.is_empty()),
            records: counts.total(),
            counts,
            reasons: journal.reasons()?,
            begun_at: time("begun_at")?,
            ended_at: time("ended_at")?,
            written_at: now(),
            is_under_way: journal.is_in_use(),
            is_unprobed: journal.meta("unprobed")?.is_some(),
            accepted_doubts: journal.meta("accepted_doubts")?,
            report_sha256,
            key_id: None,
            merged: None,
        })
    }

    /// Where the summary of a report is.
    pub(super) fn path(report: &Path) -> PathBuf {
        beside(report, ".summary.json")
    }

    /// Writes it beside a report, whole or not at all.
    pub(super) fn write(&self, report: &Path) -> Result<(), Stop> {
        written_whole(&Self::path(report), "the summary", |output| {
            serde_json::to_writer_pretty(output, self)
                .map_err(|error| Stop::during("cannot write the summary", error))
        })
    }

    /// What there is to do, or was.
    pub(super) fn plan(&self) -> String {
        let Self { records, service, server, .. } = self;
        format!(
            "{} of {} to service {} at {}",
            count(*records, "record"),
            self.source(),
            told(service),
            told(server)
        )
    }

    /// What it is of.
    pub(super) fn source(&self) -> String {
        if let Some(Merged { parts, .. }) = &self.merged {
            return count(parts.len() as u64, "report");
        }
        let part = match self.shard.as_deref() {
            Some("1/1") | None => String::new(),
            Some(shard) => format!(", part {shard}"),
        };
        let sample = self.sample.as_ref().map_or_else(String::new, |sample| format!(", a sample, {sample}"));
        let hash = told(&self.sha256);
        format!("{}{part}{sample} (SHA-256 {}...)", told(&self.file), hash.get(..12).unwrap_or(hash))
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let Counts { deleted, absent, .. } = self.counts;
        let mut lines =
            vec![self.plan(), format!("{}, deleted {deleted}, not there {absent}", of_import(&self.counts))];
        if let Some(Merged { parts, missing, tokens_again }) = &self.merged {
            lines.extend(
                parts.iter().map(|part| format!("  {} of {}", count(part.records, "record"), part.source())),
            );
            lines.extend(missing.iter().map(|part| format!("missing: {part}")));
            if *tokens_again > 0 {
                lines.push(format!(
                    "{} {} in more than one file, and {} counted for each",
                    count(*tokens_again, "token"),
                    verb(*tokens_again, "stands", "stand"),
                    verb(*tokens_again, "is", "are")
                ));
            }
        }
        lines.extend(
            self.reasons
                .iter()
                .map(|Reason { state, reason, records }| format!("  {records} {state}: {reason}")),
        );
        if self.is_unprobed {
            lines.push(UNPROBED.to_owned());
        }
        lines.extend(self.accepted_doubts.iter().map(|doubts| accepted_note(doubts)));
        if self.is_under_way {
            lines.push("a run is under way".to_owned());
        }
        lines
    }
}

fn told(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("?")
}

/// What an import has come to, in words.
pub(super) fn of_import(counts: &Counts) -> String {
    let Counts {
        created, existing, rejected, conflict, expired, unknown, waiting, missing, differing, ..
    } = counts;
    let mut text = format!(
        "created {created}, already there {existing}, rejected {rejected}, unknown {unknown}, waiting {waiting}, \
         expired {expired}, in conflict {conflict}"
    );
    if missing + differing > 0 {
        text += &format!(", missing {missing}, differing {differing}");
    }
    text
}
