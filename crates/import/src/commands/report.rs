//! The subcommand `report`: what became of each record, with its token as a hash.

use std::io::{self, BufWriter, Write};

use super::cli::{Layout, ReportArgs};
use super::lines::{Line, Writer};
use super::output::{must_not_overwrite, written_whole};
use super::rejects::write_rejected;
use super::summary::Summary;
use crate::input::hash::{Hashed, Names, sha256};
use crate::input::{Reader, Record};
use crate::journal::Outcomes;
use crate::owner_only;
use crate::plan::Book;
use crate::stop::Stop;

pub(crate) fn report(args: &ReportArgs) -> Result<bool, Stop> {
    let book = Book::view(&args.journal, false)?;
    // Lines, rejected records and the summary are of one moment.
    book.journal.freeze()?;
    let names = Names::new(args.key_file.as_deref())?;
    let layout = if args.journal.file.json { Layout::Json } else { args.layout };
    match &args.output {
        None => {
            write(&book, &names, layout, BufWriter::with_capacity(64 << 10, io::stdout().lock()))?;
        }
        Some(path) => {
            must_not_overwrite(path, &args.journal)?;
            if path.exists() && !path.is_file() {
                // Such as a pipe.
                let file = owner_only::file().open(path).map_err(failed)?;
                write(&book, &names, layout, BufWriter::with_capacity(64 << 10, file))?;
            } else {
                let hash = written_whole(path, "the report", |output| write(&book, &names, layout, output))?;
                Summary::of(&book, Some(hash))?.write(path)?;
            }
        }
    }
    if let Some(path) = &args.rejects {
        write_rejected(&book, path, &args.journal)?;
    }
    Ok(true)
}

fn failed(error: impl std::fmt::Display) -> Stop {
    Stop::during("cannot write the report", error)
}

/// Writes the report, and returns its hash.
fn write(book: &Book, names: &Names, layout: Layout, output: impl Write) -> Result<String, Stop> {
    let mut hashed = Hashed::new(output);
    let mut writer = Writer::new(layout, &mut hashed);
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
        let state = told.fate.as_str();
        let line = Line { record: number, sha256: hash.into(), state: state.into(), reason: reason.into() };
        writer.write(&line).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(hashed.hash())
}
