//! Reads records in order, in any of the formats, in bounded memory, and finds any again by its offset.

use std::io::{self, BufRead};

use super::columns::Met;
use super::exporter::{Escape, Unescaped};
use super::file::Input;
use super::format::Format;
use super::lines::Lines;
use super::members::renamed;
use super::problem::Problem;
use super::record::Shape;
use super::sample::{Sample, is_picked};
use super::source::{Fingerprint, TextSource};
use super::table::Table;
use super::values::{self, JsonValues};
use crate::stop::Stop;

/// One record as it was read.
pub(crate) struct Row<'a> {
    /// Its number, from 1: the line in JSON lines, the row after the header in CSV, the place in other JSON.
    pub(crate) number: u64,
    /// Where it starts.
    pub(crate) offset: u64,
    /// Its text, by which it is known again; empty if it is too long.
    pub(crate) raw: &'a [u8],
    /// It as a JSON object, not yet looked into.
    pub(crate) json: Result<&'a [u8], Problem>,
}

/// Reads records in order.
pub(crate) struct Reader {
    source: TextSource,
    layout: Layout,
    number: u64,
    input: Input,
    /// The JSON object with the names that the command line gives its members.
    renamed: Vec<u8>,
    /// A line without its escapes.
    unescaped: Vec<u8>,
    met: Met,
}

enum Layout {
    Lines(Lines),
    Values(JsonValues),
    Table(Box<Table>),
}

impl Reader {
    /// A reader at the first record. With `fingerprint` it hashes what it reads.
    pub(crate) fn open(input: &Input, fingerprint: bool) -> Result<Self, Stop> {
        let failed = |error| input.failed(error);
        let mut source = TextSource::open(input.file()?, fingerprint).map_err(failed)?;
        let layout = match input.format() {
            Format::Jsonl if input.columns().escape.is_some() => Layout::Lines(Lines::default()),
            Format::Jsonl => layout(source.fill_buf().map_err(failed)?),
            Format::Csv => {
                let table = Table::open(&mut source, input.columns()).map_err(|stop| input.failed(stop))?;
                Layout::Table(Box::new(table))
            }
        };
        let (input, met) = (input.clone(), input.columns().none_met());
        let (renamed, unescaped) = (Vec::new(), Vec::new());
        Ok(Self { source, layout, number: 0, input, renamed, unescaped, met })
    }

    /// So many of the records of a file, or all if there are fewer.
    pub(crate) fn sample(input: &Input, wanted: u64) -> Result<Sample, Stop> {
        let (mut reader, mut of) = (Self::open(input, false)?, 0);
        while reader.next()?.is_some() {
            of += 1;
        }
        let (mut reader, mut place, mut numbers) = (Self::open(input, false)?, 0, Vec::new());
        while let Some(row) = reader.next()? {
            place += 1;
            if is_picked(place, wanted, of) {
                numbers.push(row.number);
            }
        }
        Ok(Sample::new(numbers, of))
    }

    /// What stands before the first record.
    pub(crate) fn preamble(&self) -> &[u8] {
        match &self.layout {
            Layout::Table(table) => table.preamble(),
            Layout::Lines(_) | Layout::Values(_) => &[],
        }
    }

    /// Goes to the record with this number, which starts at this offset.
    pub(crate) fn seek(&mut self, number: u64, start: u64) -> Result<(), Stop> {
        self.number = number.saturating_sub(1);
        match &mut self.layout {
            Layout::Lines(lines) => lines.sought(number),
            Layout::Values(values) => values.sought(),
            Layout::Table(_) => {}
        }
        self.source.seek(start).map_err(|error| self.input.failed(error))
    }

    /// The next record of the sample; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Stop> {
        let (offset, read) = loop {
            let read = self.read().map_err(|error| self.input.failed(error))?;
            let Some(read) = read else {
                return Ok(None);
            };
            if self.input.sample().is_none_or(|sample| sample.holds(self.number)) {
                break read;
            }
        };
        let number = self.number;
        let (raw, json) = match &mut self.layout {
            Layout::Lines(lines) => (lines.raw(), read.map(|()| lines.raw())),
            Layout::Values(values) => (values.raw(), read.map(|()| values.raw())),
            Layout::Table(table) => {
                let read = read.and_then(|()| table.object());
                (table.raw(), read.map(|()| table.json()))
            }
        };
        // In CSV the header has told what its columns are, and cells have been freed of escapes.
        let is_json = self.input.format() == Format::Jsonl;
        let json = match self.input.columns().escape.filter(|_| is_json) {
            Some(escape) => json.and_then(|line| unescaped(escape, line, &mut self.unescaped)),
            None => json,
        };
        let json = match self.input.columns() {
            columns if is_json && columns.is_told() => {
                json.and_then(|object| renamed(object, columns, &mut self.met, &mut self.renamed))
            }
            _ => json,
        };
        Ok(Some(Row { number, offset, raw, json }))
    }

    /// Where the next record starts, and what is wrong with its shape.
    fn read(&mut self) -> io::Result<Option<Shape>> {
        let source = &mut self.source;
        self.number += 1;
        match &mut self.layout {
            Layout::Lines(lines) => {
                let read = lines.read(source)?;
                self.number = lines.number();
                Ok(read)
            }
            Layout::Values(values) => values.read(source),
            Layout::Table(table) => table.read(source),
        }
    }

    /// Once all records have been read: refuses what the command line says of members that none of them has. A sample tells
    /// nothing of the others.
    pub(super) fn must_have_met_all(&self) -> Result<(), Stop> {
        match (self.input.format(), self.input.sample()) {
            (Format::Jsonl, None) => self.input.columns().must_all_be_met(&self.met),
            // In CSV the header has told.
            _ => Ok(()),
        }
    }

    /// How much of the file has been read.
    pub(crate) fn bytes(&mut self) -> u64 {
        self.source.raw_bytes()
    }

    /// The fingerprint of the file, if it was asked for and everything has been read.
    pub(crate) fn fingerprint(&mut self) -> Result<Fingerprint, Stop> {
        self.source.fingerprint().map_err(|error| self.input.failed(error))
    }
}

/// A line that is one cell of a database's text format.
fn unescaped<'a>(escape: Escape, line: &'a [u8], scratch: &'a mut Vec<u8>) -> Result<&'a [u8], Problem> {
    match escape.undo(line, b'\t', scratch) {
        Ok(Unescaped::Text(text)) => Ok(text),
        Ok(Unescaped::Null) => Err(Problem::new("record", "is NULL")),
        Err(what) => Err(Problem::new("record", what)),
    }
}

/// How the JSON of a file is laid out, told from its beginning: an object per line unless it begins with an array, with an
/// object that goes on in the next line, or with two in one line.
fn layout(head: &[u8]) -> Layout {
    let head = head.trim_ascii_start();
    if head.starts_with(b"[") {
        return Layout::Values(JsonValues::new(true));
    }
    let (first, rest) = head.iter().position(|&byte| byte == b'\n').map_or((head, None), |end| {
        let (first, rest) = head.split_at(end);
        (first.trim_ascii_end(), Some(rest.trim_ascii_start()))
    });
    let values = first.starts_with(b"{")
        && match (values::end_of_object(first), rest) {
            (Some(end), _) => first.get(end..).is_some_and(|more| more.trim_ascii_start().starts_with(b"{")),
            // A line that is cut is followed by another object.
            (None, Some(rest)) => {
                matches!(first.last(), Some(b'{' | b'[' | b',' | b':'))
                    || matches!(rest.first(), Some(b',' | b':' | b'"' | b'}' | b']'))
            }
            (None, None) => false,
        };
    if values { Layout::Values(JsonValues::new(false)) } else { Layout::Lines(Lines::default()) }
}
