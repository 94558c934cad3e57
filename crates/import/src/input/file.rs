//! The input file and how to read it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::Columns;
use super::format::Format;
use super::options::ReadingArgs;
use super::plan::{Plan, Rates};
use super::sample::Sample;
use super::source::{Fingerprint, Raw};
use crate::stop::Stop;

/// A file and how to read it.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    path: PathBuf,
    format: Format,
    columns: Arc<Columns>,
    plan: Option<Arc<Plan>>,
    accepted: Arc<Accepted>,
    /// Which records there are; all if it is none.
    sample: Option<Sample>,
}

/// What the user says of values that look wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accepted {
    /// The fields whose text is as it should be, however it looks.
    pub(crate) literal: Vec<&'static str>,
    /// Whether what looks like hashes is what clients present.
    pub(crate) these_are_tokens: bool,
}

impl Input {
    /// What the command line or its plan says, with the name to say the rest.
    pub(crate) fn new(path: &Path, reading: &ReadingArgs) -> Result<Self, Stop> {
        Self::with_kept_plan(path, reading, None)
    }

    /// The same with the plan that a journal has kept, if the command line says nothing.
    pub(crate) fn with_kept_plan(
        path: &Path,
        reading: &ReadingArgs,
        kept: Option<&str>,
    ) -> Result<Self, Stop> {
        let plan = match (&reading.plan, kept) {
            (Some(plan), _) => Some(Plan::read(plan)?),
            (None, Some(kept)) if !reading.is_told() => Some(Plan::kept(kept)?),
            _ => None,
        };
        let (format, columns) = match &plan {
            Some(plan) => (plan.format, plan.columns.clone()),
            None => (reading.format, Columns::new(reading)?),
        };
        let mut accepted =
            Accepted { literal: reading.literal.clone(), these_are_tokens: reading.these_are_tokens };
        if let Some(plan) = &plan {
            accepted.literal.extend(&plan.literal);
            accepted.these_are_tokens |= plan.these_are_tokens;
        }
        let input = Self::laid_out(path, format, columns)?;
        Ok(Self { plan: plan.map(Arc::new), accepted: Arc::new(accepted), ..input })
    }

    fn laid_out(path: &Path, format: Option<Format>, mut columns: Columns) -> Result<Self, Stop> {
        let delimiter = columns.delimiter;
        let unpacked = if has_ending(path, &["gz"]) { path.with_extension("") } else { path.to_owned() };
        let is_tsv = has_ending(&unpacked, &["tsv", "tab"]);
        let is_csv = is_tsv || delimiter.is_some() || has_ending(&unpacked, &["csv"]);
        let format = format.unwrap_or(if is_csv { Format::Csv } else { Format::Jsonl });
        if delimiter.is_some() && format == Format::Jsonl {
            return Err(Stop::new("--delimiter is for CSV, and the file is read as JSON: see --format"));
        }
        // The text formats of databases have tabs between their columns.
        let has_tabs = is_tsv || (columns.escape.is_some() && format == Format::Csv);
        columns.delimiter = delimiter.or(has_tabs.then_some(b'\t'));
        let (path, columns, accepted) = (path.to_owned(), Arc::new(columns), Arc::default());
        Ok(Self { path, format, columns, plan: None, accepted, sample: None })
    }

    /// Where it is, as far as that can be told.
    pub(crate) fn whole_path(&self) -> PathBuf {
        fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone())
    }

    pub(crate) fn plan(&self) -> Option<&Plan> {
        self.plan.as_deref()
    }

    /// How fast its plan wants it moved.
    pub(crate) fn rates(&self) -> Rates {
        self.plan.as_ref().map_or_else(Rates::default, |plan| plan.rates)
    }

    pub(crate) fn accepted(&self) -> &Accepted {
        &self.accepted
    }

    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The file as if it held these records alone, under their numbers.
    pub(crate) fn sampled(self, sample: Option<Sample>) -> Self {
        Self { sample, ..self }
    }

    pub(crate) fn sample(&self) -> Option<&Sample> {
        self.sample.as_ref()
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn failed(&self, error: impl std::fmt::Display) -> Stop {
        Stop::during(&format!("cannot read {}", self.path.display()), error)
    }

    pub(super) fn file(&self) -> Result<File, Stop> {
        if self.path == Path::new("-") && !self.path.exists() {
            return Err(Stop::new(
                "write what comes from standard input to a file first: an import reads it more than once",
            ));
        }
        // Opening a pipe would wait for somebody to write to it.
        let kind = fs::metadata(&self.path).map_err(|error| self.failed(error))?.file_type();
        if kind.is_dir() {
            return Err(self.failed("it is a folder"));
        }
        if !kind.is_file() {
            return Err(self.failed(
                "it is no regular file: an import reads its file more than once, so standard input and pipes must be written \
                 to a file first",
            ));
        }
        File::open(&self.path).map_err(|error| self.failed(error))
    }

    pub(crate) fn size(&self) -> Result<u64, Stop> {
        Ok(self.file()?.metadata().map_err(|error| self.failed(error))?.len())
    }

    /// The file's mode, if others than its owner can read it.
    #[cfg(unix)]
    pub(crate) fn exposed(&self) -> Result<Option<u32>, Stop> {
        use std::os::unix::fs::MetadataExt;
        let mode = self.file()?.metadata().map_err(|error| self.failed(error))?.mode() & 0o777;
        Ok(Some(mode).filter(|mode| mode & 0o044 != 0))
    }

    #[cfg(not(unix))]
    pub(crate) fn exposed(&self) -> Result<Option<u32>, Stop> {
        Ok(None)
    }

    /// Reads the whole file for its fingerprint.
    pub(crate) fn fingerprint(&self) -> Result<Fingerprint, Stop> {
        let mut raw = Raw::new(self.file()?, true);
        io::copy(&mut raw, &mut io::sink()).map_err(|error| self.failed(error))?;
        Ok(raw.fingerprint())
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
}
