//! What an import is about and where it stands, for people and for machines.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::output::written_whole;
use crate::clock::now;
use crate::journal::{Counts, Reason};
use crate::plan::Book;
use crate::stop::Stop;

/// The summary of an import. Times are in milliseconds since 1970.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    tool: &'static str,
    server: Option<String>,
    service: Option<String>,
    file: Option<String>,
    bytes: Option<String>,
    sha256: Option<String>,
    shard: Option<String>,
    records: u64,
    counts: Counts,
    reasons: Vec<Reason>,
    begun_at: Option<i64>,
    /// When the last run ended.
    ended_at: Option<i64>,
    written_at: i64,
    is_under_way: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_sha256: Option<String>,
}

impl Summary {
    pub(super) fn of(book: &Book, report_sha256: Option<String>) -> Result<Self, Stop> {
        let journal = &book.journal;
        let counts = journal.counts()?;
        let time = |key| Ok::<_, Stop>(journal.meta(key)?.and_then(|time| time.parse().ok()));
        Ok(Self {
            tool: concat!("authlete-import ", env!("CARGO_PKG_VERSION")),
            server: journal.meta("server")?,
            service: journal.meta("service")?,
            file: journal.meta("file")?,
            bytes: journal.meta("bytes")?,
            sha256: journal.meta("sha256")?,
            shard: journal.meta("shard")?,
            records: counts.total(),
            counts,
            reasons: journal.reasons()?,
            begun_at: time("begun_at")?,
            ended_at: time("ended_at")?,
            written_at: now(),
            is_under_way: journal.is_in_use(),
            report_sha256,
        })
    }

    /// Writes it beside a report, whole or not at all.
    pub(super) fn write(&self, report: &Path) -> Result<(), Stop> {
        let mut path = report.as_os_str().to_owned();
        path.push(".summary.json");
        written_whole(&PathBuf::from(path), "the summary", |output| {
            serde_json::to_writer_pretty(output, self)
                .map_err(|error| Stop::during("cannot write the summary", error))
        })
    }

    /// What there is to do, or was.
    pub(super) fn plan(&self) -> String {
        let told = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".to_owned());
        let hash = told(&self.sha256);
        let part = match self.shard.as_deref() {
            Some("1/1") | None => String::new(),
            Some(shard) => format!(", part {shard}"),
        };
        format!(
            "{} records of {}{part} (SHA-256 {}...) to service {} at {}",
            self.records,
            told(&self.file),
            hash.get(..12).unwrap_or(&hash),
            told(&self.service),
            told(&self.server),
        )
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let Counts { created, existing, rejected, conflict, expired, unknown, waiting, deleted, absent } =
            self.counts;
        let mut lines = vec![
            self.plan(),
            format!(
                "created {created}, already there {existing}, rejected {rejected}, unknown {unknown}, waiting {waiting}, \
                 expired {expired}, in conflict {conflict}, deleted {deleted}, not there {absent}"
            ),
        ];
        lines.extend(
            self.reasons
                .iter()
                .map(|Reason { state, reason, records }| format!("  {records} {state}: {reason}")),
        );
        if self.is_under_way {
            lines.push("a run is under way".to_owned());
        }
        lines
    }
}
