//! The input file and how to read it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::Columns;
use super::format::Format;
use super::options::ReadingArgs;
use super::sample::Sample;
use super::source::{Fingerprint, Raw};
use crate::stop::Stop;

/// A file and how to read it.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    path: PathBuf,
    format: Format,
    columns: Arc<Columns>,
    /// Which records there are; all if it is none.
    sample: Option<Sample>,
}

impl Input {
    /// What the command line says, with the name to say the rest.
    pub(crate) fn new(path: &Path, reading: &ReadingArgs) -> Result<Self, Stop> {
        let ReadingArgs { format, delimiter, map, map_values } = reading;
        let unpacked = if has_ending(path, &["gz"]) { path.with_extension("") } else { path.to_owned() };
        let is_tsv = has_ending(&unpacked, &["tsv", "tab"]);
        let is_csv = is_tsv || delimiter.is_some() || has_ending(&unpacked, &["csv"]);
        let format = format.unwrap_or(if is_csv { Format::Csv } else { Format::Jsonl });
        if delimiter.is_some() && format == Format::Jsonl {
            return Err(Stop::new("--delimiter is for CSV, and the file is read as JSON: see --format"));
        }
        let delimiter = delimiter.or(is_tsv.then_some(b'\t'));
        let columns = Arc::new(Columns::new(delimiter, map, map_values)?);
        Ok(Self { path: path.to_owned(), format, columns, sample: None })
    }

    /// Where it is, as far as that can be told.
    pub(crate) fn whole_path(&self) -> PathBuf {
        fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone())
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
