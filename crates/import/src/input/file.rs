//! The input file and how to read it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::source::{Fingerprint, Source};
use crate::stop::Stop;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One JSON object per line.
    Jsonl,
    /// Comma-separated values (RFC 4180) with a header of field names.
    Csv,
}

/// A file and how to read it.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    path: PathBuf,
    format: Format,
}

impl Input {
    pub(crate) fn new(path: &Path, format: Option<Format>) -> Self {
        let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let format = format.unwrap_or(if is_csv { Format::Csv } else { Format::Jsonl });
        Self { path: path.to_owned(), format }
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn failed(&self, error: impl std::fmt::Display) -> Stop {
        Stop::during(&format!("cannot read {}", self.path.display()), error)
    }

    pub(super) fn file(&self) -> Result<File, Stop> {
        File::open(&self.path).map_err(|error| self.failed(error))
    }

    pub(crate) fn size(&self) -> Result<u64, Stop> {
        Ok(self.file()?.metadata().map_err(|error| self.failed(error))?.len())
    }

    /// Reads the whole file for its fingerprint.
    pub(crate) fn fingerprint(&self) -> Result<Fingerprint, Stop> {
        let mut source = Source::new(self.file()?, true);
        io::copy(&mut source, &mut io::sink()).map_err(|error| self.failed(error))?;
        Ok(source.fingerprint())
    }
}
