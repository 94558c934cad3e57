//! Where an import stands, as a text file that a node's exporter of Prometheus picks up.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;

use super::output::{must_be_writable, must_not_overwrite};
use crate::clock::now;
use crate::exit_code::{ALL, NOT_ALL, NOT_FINISHED};
use crate::journal::{Journal, JournalArgs};
use crate::stop::Stop;
use crate::terminal::Progress;

/// How often it is written.
const PERIOD: Duration = Duration::from_secs(5);

/// Writes the file until it is ended or dropped.
pub(super) struct Metrics(Option<Writing>);

struct Writing {
    ended: Sender<u8>,
    thread: JoinHandle<()>,
}

impl Metrics {
    /// Begins to write, if there is a path. `journal` may be there later.
    pub(super) fn start(
        path: Option<&Path>,
        args: &JournalArgs,
        journal: &Path,
        progress: &Progress,
    ) -> Result<Self, Stop> {
        let Some(path) = path else { return Ok(Self(None)) };
        must_not_overwrite(path, args)?;
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(Stop::new(format!("--metrics must name a file, and {} is none", path.display())));
        }
        must_be_writable(path, "the metrics")?;
        let source =
            Source { path: path.to_owned(), journal: journal.to_owned(), progress: progress.clone() };
        let (ended, end) = mpsc::channel();
        let work = move || {
            let (mut is_told, mut period) = (false, Duration::ZERO);
            loop {
                let code = match end.recv_timeout(std::mem::replace(&mut period, PERIOD)) {
                    Ok(code) => Some(code),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => Some(1),
                };
                if let Err(error) = source.write(code)
                    && !is_told
                {
                    is_told = true;
                    source.progress.note(&format!("note: cannot write the metrics: {error}"));
                }
                if code.is_some() {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().stack_size(256 << 10).spawn(work);
        let thread = thread.map_err(|error| Stop::during("cannot write the metrics", error))?;
        Ok(Self(Some(Writing { ended, thread })))
    }

    /// Writes how the command has ended.
    pub(super) fn end(mut self, outcome: &Result<bool, Stop>) {
        let code = match outcome {
            Ok(true) => ALL,
            Ok(false) => NOT_ALL,
            Err(_) => NOT_FINISHED,
        };
        if let Some(Writing { ended, thread }) = self.0.take() {
            let _ = ended.send(code);
            let _ = thread.join();
        }
    }
}

impl Drop for Metrics {
    fn drop(&mut self) {
        if let Some(Writing { ended, thread }) = self.0.take() {
            drop(ended);
            let _ = thread.join();
        }
    }
}

/// What the metrics tell of, and where.
struct Source {
    path: PathBuf,
    journal: PathBuf,
    progress: Progress,
}

impl Source {
    /// Writes the file whole and under its name at once. It holds nothing secret, and others are to read it.
    fn write(&self, code: Option<u8>) -> io::Result<()> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(self.text(code).as_bytes())?;
        file.persist(&self.path).map(drop).map_err(|error| error.error)
    }

    fn text(&self, code: Option<u8>) -> String {
        let mut text = Exposition::default();
        if let Ok(journal) = Journal::view(&self.journal) {
            let label =
                |key| journal.meta(key).ok().flatten().map(|value| escaped(&value)).unwrap_or_default();
            text.labels = format!("service=\"{}\",shard=\"{}\"", label("service"), label("shard"));
            if let Some(Value::Object(counts)) =
                journal.counts().ok().and_then(|counts| serde_json::to_value(counts).ok())
            {
                text.name("records", "Records by what has become of them.");
                for (state, number) in &counts {
                    text.sample("records", &format!("state=\"{state}\""), &number.to_string());
                }
            }
        }
        let now = self.progress.standing();
        for (name, help, number) in [
            ("stage_done", "How much of the stage is done.", now.done),
            ("stage_total", "How much the stage is in all.", now.total),
        ] {
            text.name(name, help);
            let stage = format!("stage=\"{}\",unit=\"{}\"", escaped(now.stage), escaped(now.unit));
            text.sample(name, &stage, &number.to_string());
        }
        text.name("outage", "1 while the server does not answer as it should.");
        text.sample("outage", "", if now.is_in_outage { "1" } else { "0" });
        text.name("running", "1 while the tool is at work.");
        text.sample("running", "", if code.is_none() { "1" } else { "0" });
        if let Some(code) = code {
            text.name("exit_code", "The exit code: 0 all is there, 1 not finished, 2 some is not there.");
            text.sample("exit_code", "", &code.to_string());
        }
        text.name("written_timestamp_seconds", "When this was written.");
        text.sample("written_timestamp_seconds", "", &format!("{:.3}", now_seconds()));
        text.body
    }
}

fn now_seconds() -> f64 {
    now() as f64 / 1000.0
}

/// The text format of Prometheus.
#[derive(Default)]
struct Exposition {
    body: String,
    /// Of every sample.
    labels: String,
}

impl Exposition {
    fn name(&mut self, name: &str, help: &str) {
        let _ =
            writeln!(self.body, "# HELP authlete_import_{name} {help}\n# TYPE authlete_import_{name} gauge");
    }

    fn sample(&mut self, name: &str, labels: &str, value: &str) {
        let all: Vec<&str> =
            [self.labels.as_str(), labels].into_iter().filter(|part| !part.is_empty()).collect();
        let _ = match all.join(",") {
            labels if labels.is_empty() => writeln!(self.body, "authlete_import_{name} {value}"),
            labels => writeln!(self.body, "authlete_import_{name}{{{labels}}} {value}"),
        };
    }
}

/// The value of a label.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
