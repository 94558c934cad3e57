//! Rows of a CSV file as JSON objects.

use std::borrow::Cow;
use std::io;

use super::columns::Columns;
use super::exporter::{Escape, Unescaped};
use super::header::Column;
use super::problem::Problem;
use super::quoting::{Cell, Fault, Position, Quoting};
use super::record::Shape;
use super::source::{TOO_LONG, TextSource};
use super::text::write;
use crate::count::count;
use crate::stop::Stop;

/// Reads rows.
pub(super) struct Table {
    quoting: Quoting,
    columns: Vec<Column>,
    escape: Option<Escape>,
    /// Members that every object has.
    constants: Vec<u8>,
    /// The lines before the first row.
    preamble: Vec<u8>,
    json: Vec<u8>,
    /// A cell without the doubling of its quotation marks.
    cell: Vec<u8>,
}

impl Table {
    /// Reads the header. A file without a line has no columns.
    pub(super) fn open(source: &mut TextSource, columns: &Columns) -> Result<Self, Stop> {
        let failed = |error: io::Error| Stop::new(error.to_string());
        let mut quoting = Quoting::new(columns.delimiter.unwrap_or(b','), columns.escape.is_some());
        let mut preamble = Vec::new();
        let mut more = quoting.read(source).map_err(failed)?;
        if let Some(separator) = separator(&quoting.raw) {
            if columns.delimiter.is_some_and(|delimiter| delimiter != separator) {
                return Err(Stop::new("the file's first line names another separator than --delimiter"));
            }
            preamble.extend_from_slice(&quoting.raw);
            preamble.push(b'\n');
            quoting.set_delimiter(separator);
            more = quoting.read(source).map_err(failed)?;
        }
        let mut table = Self {
            quoting,
            columns: Vec::new(),
            escape: columns.escape,
            constants: columns.constant_members.clone(),
            preamble,
            json: Vec::new(),
            cell: Vec::new(),
        };
        if more {
            table.columns = table.header(columns)?;
            table.preamble.extend_from_slice(&table.quoting.raw);
            table.preamble.push(b'\n');
        }
        Ok(table)
    }

    fn header(&mut self, columns: &Columns) -> Result<Vec<Column>, Stop> {
        let raw = &self.quoting.raw;
        if raw.contains(&b'\r') {
            return Err(Stop::new("the lines end in carriage returns alone: convert them to line feeds"));
        }
        match self.quoting.fault {
            None | Some((Fault::Unended, _)) => {}
            Some((fault, place)) => {
                let what = describe(fault, place);
                return Err(Stop::new(format!("column {} of the CSV header {what}", place.cell + 1)));
            }
        }
        let mut names = Vec::new();
        for cell in &self.quoting.cells {
            names.push(unquoted(raw, cell, &mut self.cell).trim_ascii().to_vec());
        }
        columns.of(&names, raw)
    }

    pub(super) fn preamble(&self) -> &[u8] {
        &self.preamble
    }

    pub(super) fn raw(&self) -> &[u8] {
        &self.quoting.raw
    }

    /// Reads the next row. Returns where it starts, and what is wrong with it as a row; `None` at the end.
    pub(super) fn read(&mut self, source: &mut TextSource) -> io::Result<Option<Shape>> {
        loop {
            let start = source.at();
            if !self.quoting.read(source)? {
                return Ok(None);
            }
            if self.quoting.raw.is_empty() && self.quoting.cells.len() < 2 && self.quoting.fault.is_none() {
                continue;
            }
            return Ok(Some((start, self.check())));
        }
    }

    fn check(&self) -> Result<(), Problem> {
        if let Some((fault, place)) = self.quoting.fault {
            let column = self.columns.get(place.cell).filter(|_| fault != Fault::TooLong);
            let field = column.and_then(|column| column.field).map_or("record", |(field, _)| field);
            let what = describe(fault, place);
            return Err(Problem { field, what });
        }
        match self.quoting.cells.len() == self.columns.len() {
            true => Ok(()),
            false => Err(Problem::new("record", "has another number of fields than the header")),
        }
    }

    pub(super) fn json(&self) -> &[u8] {
        &self.json
    }

    /// Makes the row a JSON object. Empty cells are absent fields.
    pub(super) fn object(&mut self) -> Result<(), Problem> {
        let Self { quoting, columns, escape, constants, json, cell: scratch, .. } = self;
        json.clear();
        json.push(b'{');
        for (column, cell) in columns.iter().zip(&quoting.cells) {
            let Some((field, kind)) = column.field else {
                continue;
            };
            let bytes = match escape {
                None => unquoted(&quoting.raw, cell, scratch),
                Some(escape) => {
                    let text = quoting.raw.get(cell.range.clone()).unwrap_or_default();
                    match escape.undo(text, quoting.delimiter, scratch) {
                        Ok(Unescaped::Text(text)) => text,
                        Ok(Unescaped::Null) => continue,
                        Err(what) => return Err(Problem::new(field, what)),
                    }
                }
            };
            if bytes.is_empty() {
                continue;
            }
            let text = std::str::from_utf8(bytes).map_err(|_| Problem::new(field, "is not UTF-8"))?;
            if json.len() > 1 {
                json.push(b',');
            }
            json.push(b'"');
            json.extend_from_slice(field.as_bytes());
            json.extend_from_slice(b"\":");
            write(field, kind, text, &column.conversion, json).map_err(|what| {
                // A quotation mark in the wrong place makes many lines one cell.
                let what = match cell.breaks {
                    0 => Cow::Borrowed(what),
                    _ => Cow::Owned(format!("{what}: {}", opened(cell.line, cell.breaks))),
                };
                Problem { field, what }
            })?;
        }
        if json.len() > 1 && !constants.is_empty() {
            json.push(b',');
        }
        json.extend_from_slice(constants);
        json.push(b'}');
        Ok(())
    }
}

/// The content of a cell.
fn unquoted<'a>(raw: &'a [u8], cell: &Cell, scratch: &'a mut Vec<u8>) -> &'a [u8] {
    let bytes = raw.get(cell.range.clone()).unwrap_or_default();
    if !cell.escaped {
        return bytes;
    }
    scratch.clear();
    let mut marks = 0;
    for &byte in bytes {
        marks = if byte == b'"' { marks + 1 } else { 0 };
        if marks != 2 {
            scratch.push(byte);
        } else {
            marks = 0;
        }
    }
    scratch
}

/// The separator that a first line such as `sep=;` names.
fn separator(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line.split_at_checked(4)? {
        (sep, &[separator]) if sep.eq_ignore_ascii_case(b"sep=") => Some(separator),
        _ => None,
    }
}

fn opened(line: u64, breaks: u64) -> String {
    format!("the quotation mark opened in line {line} takes {}", count(breaks + 1, "line"))
}

fn describe(fault: Fault, place: Position) -> Cow<'static, str> {
    let Position { line, breaks, .. } = place;
    let opened = opened(line, breaks);
    Cow::Owned(match fault {
        Fault::Stray => {
            format!("has a quotation mark in a cell that does not begin with one, in line {line}")
        }
        Fault::Behind => format!("has text behind the closing quotation mark: {opened}"),
        Fault::Open => format!("has a quotation mark that is never closed: {opened}, to the end of the file"),
        Fault::Unended => {
            "ends the file without a line break, as if the file were cut in it: if it is whole, put one there"
                .into()
        }
        Fault::TooLong if breaks > 0 => format!("{TOO_LONG}: {opened}"),
        Fault::TooLong => return Cow::Borrowed(TOO_LONG),
    })
}
