//! The lines of a report, written and read again.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cli::ReportLayout;

/// A line of a report.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportLine<'a> {
    pub(super) record: u64,
    /// The name of the access token in hexadecimal; empty if the record has none that can be read.
    pub(super) sha256: Cow<'a, str>,
    pub(super) state: Cow<'a, str>,
    pub(super) reason: Cow<'a, str>,
}

pub(super) enum ReportWriter<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

impl<W: Write> ReportWriter<W> {
    pub(super) fn new(layout: ReportLayout, output: W) -> Self {
        match layout {
            ReportLayout::Csv => Self::Csv(Box::new(csv::Writer::from_writer(output))),
            ReportLayout::Json => Self::Json(output),
        }
    }

    pub(super) fn write(&mut self, line: &impl Serialize) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.serialize(line).map_err(io::Error::other),
            Self::Json(writer) => {
                serde_json::to_writer(&mut *writer, line)?;
                writer.write_all(b"\n")
            }
        }
    }

    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(mut writer) => writer.flush(),
            Self::Json(mut writer) => writer.flush(),
        }
    }
}

/// Reads lines in whichever layout they are.
pub(super) enum ReportReader<R: BufRead> {
    Csv(Box<csv::Reader<R>>),
    Json(R),
}

impl<R: BufRead> ReportReader<R> {
    pub(super) fn new(mut input: R) -> io::Result<Self> {
        let is_json = input.fill_buf()?.first().is_none_or(|first| *first == b'{');
        Ok(if is_json { Self::Json(input) } else { Self::Csv(Box::new(csv::Reader::from_reader(input))) })
    }

    /// The next line; `None` at the end.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> io::Result<Option<T>> {
        match self {
            Self::Csv(reader) => reader.deserialize().next().transpose().map_err(io::Error::other),
            Self::Json(reader) => {
                let mut line = String::new();
                let length = reader.read_line(&mut line)?;
                Ok(if length == 0 { None } else { Some(serde_json::from_str(&line)?) })
            }
        }
    }

    pub(super) fn into_inner(self) -> R {
        match self {
            Self::Csv(reader) => reader.into_inner(),
            Self::Json(reader) => reader,
        }
    }
}
