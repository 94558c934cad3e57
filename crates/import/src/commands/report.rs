//! The subcommand `report`: what became of each record, with its token as a hash.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::cli::{Layout, ReportArgs};
use super::output::must_not_overwrite;
use super::rejects::write_rejected;
use crate::input::hash::{Names, sha256};
use crate::input::{Reader, Record};
use crate::journal::Outcomes;
use crate::owner_only;
use crate::plan::Book;
use crate::stop::Stop;

/// A line of the report.
#[derive(Serialize)]
struct Line<'a> {
    record: u64,
    /// The SHA-256 of the access token in hexadecimal; empty if the record has none that can be read.
    sha256: &'a str,
    state: &'a str,
    reason: &'a str,
}

pub(crate) fn report(args: &ReportArgs) -> Result<bool, Stop> {
    let book = Book::view(&args.journal, false)?;
    let names = Names::new(args.key_file.as_deref())?;
    let failed = |error: &dyn std::fmt::Display| Stop::during("cannot write the report", error);
    let output: Box<dyn Write> = match &args.output {
        Some(path) => {
            must_not_overwrite(path, &args.journal)?;
            Box::new(owner_only::file().truncate(true).open(path).map_err(|error| failed(&error))?)
        }
        None => Box::new(io::stdout().lock()),
    };
    let mut writer = Writer::new(args.layout, BufWriter::with_capacity(64 << 10, output));
    let mut reader = Reader::open(&book.input, false)?;
    let mut outcomes = Outcomes::new(&book.journal);
    while let Some(row) = reader.next()? {
        let number = row.number;
        let record = row.json.ok().and_then(|json| Record::parse(json).ok());
        let token = record.as_ref().map_or("", Record::access_token);
        let hash = sha256(token);
        if book.shard.is_some_and(|shard| !shard.holds(&hash)) {
            continue;
        }
        let told = outcomes.of(number)?;
        let hash = if token.is_empty() { String::new() } else { names.of(token, &hash) };
        let reason = told.reason.as_deref().unwrap_or_default();
        let line = Line { record: number, sha256: &hash, state: told.fate.as_str(), reason };
        writer.write(&line).map_err(|error| failed(&error))?;
    }
    writer.finish().map_err(|error| failed(&error))?;
    if let Some(path) = &args.rejects {
        write_rejected(&book, path, &args.journal)?;
    }
    Ok(true)
}

enum Writer<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

impl<W: Write> Writer<W> {
    fn new(layout: Layout, output: W) -> Self {
        match layout {
            Layout::Csv => Self::Csv(Box::new(csv::Writer::from_writer(output))),
            Layout::Json => Self::Json(output),
        }
    }

    fn write(&mut self, line: &Line<'_>) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.serialize(line).map_err(io::Error::other),
            Self::Json(writer) => {
                serde_json::to_writer(&mut *writer, line)?;
                writer.write_all(b"\n")
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(mut writer) => writer.flush(),
            Self::Json(mut writer) => writer.flush(),
        }
    }
}
