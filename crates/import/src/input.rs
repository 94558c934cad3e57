//! The input file: JSON lines or CSV, read as a stream in bounded memory, any record found again by its byte offset.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Position};
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use crate::record::{FIELDS, Kind, Problem};
use crate::stop::Stop;

/// The longest record.
const MAX_RECORD: usize = 1 << 20;
/// A habit of some exporters.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const TOO_LONG: Problem = Problem::new("record", "is longer than 1 MiB");

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

/// What identifies a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) bytes: u64,
    pub(crate) sha256: [u8; 32],
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

    fn failed(&self, error: impl std::fmt::Display) -> Stop {
        Stop::during(&format!("cannot read {}", self.path.display()), error)
    }

    fn file(&self) -> Result<File, Stop> {
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

    /// A reader at the first record. With `fingerprint` it hashes what it reads.
    pub(crate) fn reader(&self, fingerprint: bool) -> Result<Reader, Stop> {
        let mut source = Source::new(self.file()?, fingerprint);
        let rows = match self.format {
            Format::Jsonl => Rows::Lines {
                source: BufReader::with_capacity(64 << 10, source),
                offset: 0,
                line: Vec::new(),
            },
            Format::Csv => {
                source.allow();
                let mut reader =
                    csv::ReaderBuilder::new().flexible(true).buffer_capacity(64 << 10).from_reader(source);
                let header = reader.byte_headers().map_err(|error| self.failed(csv_problem(&error)))?;
                let columns = columns(header)?;
                Rows::Csv { reader, columns, row: ByteRecord::new(), json: Vec::new() }
            }
        };
        Ok(Reader { rows, number: 0, input: self.clone() })
    }
}

/// The fields of the columns. Names that are not known are not repeated: a file without a header has tokens there.
fn columns(header: &ByteRecord) -> Result<Vec<(&'static str, Kind)>, Stop> {
    let mut columns: Vec<(&'static str, Kind)> = Vec::with_capacity(header.len());
    for (index, name) in header.iter().enumerate() {
        let number = index + 1;
        let Some(field) = FIELDS.iter().find(|(field, _)| field.as_bytes() == name.trim_ascii()) else {
            return Err(Stop::new(format!("column {number} of the CSV header is no known field")));
        };
        if columns.contains(field) {
            return Err(Stop::new(format!("column {number} of the CSV header stands there twice")));
        }
        columns.push(*field);
    }
    Ok(columns)
}

/// One record as it was read.
pub(crate) struct Row<'a> {
    /// Its number, from 1: the line in JSON lines, the row after the header in CSV.
    pub(crate) number: u64,
    /// Where it starts.
    pub(crate) offset: u64,
    /// It as a JSON object, not yet looked into.
    pub(crate) json: Result<&'a [u8], Problem>,
}

/// Reads records in order.
pub(crate) struct Reader {
    rows: Rows,
    number: u64,
    input: Input,
}

enum Rows {
    Lines { source: BufReader<Source>, offset: u64, line: Vec<u8> },
    Csv { reader: csv::Reader<Source>, columns: Vec<(&'static str, Kind)>, row: ByteRecord, json: Vec<u8> },
}

impl Reader {
    /// Goes to the record with this number, which starts at this offset.
    pub(crate) fn seek(&mut self, number: u64, start: u64) -> Result<(), Stop> {
        let sought = match &mut self.rows {
            Rows::Lines { source, offset, .. } => {
                // Stays in the buffer where it can.
                let step = i64::try_from(start).unwrap_or(i64::MAX) - i64::try_from(*offset).unwrap_or(0);
                *offset = start;
                source.seek_relative(step)
            }
            Rows::Csv { reader, .. } => {
                reader.get_mut().allow();
                let mut position = Position::new();
                position.set_byte(start).set_line(2).set_record(1);
                reader.seek(position).map_err(|error| io::Error::other(csv_problem(&error)))
            }
        };
        self.number = number.saturating_sub(1);
        sought.map_err(|error| self.input.failed(error))
    }

    /// The next record; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Stop> {
        match &mut self.rows {
            Rows::Lines { source, offset, line } => {
                let (start, read) = loop {
                    let start = *offset;
                    let read = read_line(source, line, offset).map_err(|error| self.input.failed(error))?;
                    let Some(read) = read else {
                        return Ok(None);
                    };
                    self.number += 1;
                    if start == 0 && line.starts_with(BYTE_ORDER_MARK) {
                        line.drain(..BYTE_ORDER_MARK.len());
                    }
                    if read.is_err() || !line.trim_ascii().is_empty() {
                        break (start, read);
                    }
                };
                let json = read.map(|()| line.as_slice());
                Ok(Some(Row { number: self.number, offset: start, json }))
            }
            Rows::Csv { reader, columns, row, json } => {
                reader.get_mut().allow();
                let offset = reader.position().byte();
                let more = reader.read_byte_record(row).map_err(|error| {
                    let at = format!("record {}: {}", self.number + 1, csv_problem(&error));
                    self.input.failed(at)
                })?;
                if !more {
                    return Ok(None);
                }
                self.number += 1;
                let json = object(columns, row, json).map(|()| json.as_slice());
                Ok(Some(Row { number: self.number, offset, json }))
            }
        }
    }

    /// The fingerprint of the file, if it was asked for and everything has been read.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        match &self.rows {
            Rows::Lines { source, .. } => source.get_ref().fingerprint(),
            Rows::Csv { reader, .. } => reader.get_ref().fingerprint(),
        }
    }
}

/// Reads a line without its end; `None` at the end of the file. Of a line that is too long nothing is kept.
fn read_line(
    source: &mut BufReader<Source>,
    line: &mut Vec<u8>,
    offset: &mut u64,
) -> io::Result<Option<Result<(), Problem>>> {
    line.clear();
    let limit = MAX_RECORD as u64 + 1;
    let mut length = source.by_ref().take(limit).read_until(b'\n', line)? as u64;
    if length == 0 {
        return Ok(None);
    }
    let mut read = Ok(());
    if length == limit && line.last() != Some(&b'\n') {
        line.clear();
        read = Err(TOO_LONG);
        length += skip_line(source)?;
    }
    *offset += length;
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some(read))
}

fn skip_line(source: &mut BufReader<Source>) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = source.fill_buf()?;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        source.consume(used);
        skipped += used as u64;
        if end.is_some() || used == 0 {
            return Ok(skipped);
        }
    }
}

/// Writes a CSV row as a JSON object. Empty cells are absent fields.
fn object(columns: &[(&'static str, Kind)], row: &ByteRecord, json: &mut Vec<u8>) -> Result<(), Problem> {
    if row.len() != columns.len() {
        return Err(Problem::new("record", "has another number of fields than the header"));
    }
    json.clear();
    json.push(b'{');
    for (&(field, kind), cell) in columns.iter().zip(row) {
        if cell.is_empty() {
            continue;
        }
        let text = std::str::from_utf8(cell).map_err(|_| Problem::new(field, "is not UTF-8"))?;
        if json.len() > 1 {
            json.push(b',');
        }
        json.push(b'"');
        json.extend_from_slice(field.as_bytes());
        json.extend_from_slice(b"\":");
        match kind {
            Kind::Text => write_json(json, text),
            Kind::List => write_json(json, &text.split_ascii_whitespace().collect::<Vec<_>>()),
            Kind::Number => match text.trim().parse::<i64>() {
                Ok(number) => write_json(json, &number),
                Err(_) => return Err(Problem::new(field, "must be a whole number")),
            },
            Kind::Flag => match text.trim() {
                flag @ ("true" | "false") => json.extend_from_slice(flag.as_bytes()),
                _ => return Err(Problem::new(field, "must be true or false")),
            },
            Kind::Nested => match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => json.extend_from_slice(text.as_bytes()),
                Err(_) => return Err(Problem::new(field, "must be JSON")),
            },
        }
    }
    json.push(b'}');
    Ok(())
}

/// Strings, numbers and arrays of them can always be written into memory.
fn write_json(json: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    let _ = serde_json::to_writer(json, value);
}

/// What the CSV reader says, without the values it may repeat.
fn csv_problem(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => "is not CSV".to_owned(),
    }
}

/// The file, which counts and hashes what is read of it and ends a record that does not end.
struct Source {
    file: File,
    digest: Option<Sha256>,
    bytes: u64,
    /// What may still be read for this record. An open quotation mark makes the rest of a CSV file one record.
    allowed: usize,
}

impl Source {
    fn new(file: File, fingerprint: bool) -> Self {
        Self { file, digest: fingerprint.then(Sha256::new), bytes: 0, allowed: usize::MAX }
    }

    fn allow(&mut self) {
        self.allowed = MAX_RECORD;
    }

    fn fingerprint(&self) -> Fingerprint {
        let sha256 = self.digest.clone().map_or([0; 32], |digest| digest.finalize().into());
        Fingerprint { bytes: self.bytes, sha256 }
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.allowed == 0 {
            return Err(io::Error::new(ErrorKind::InvalidData, TOO_LONG.what));
        }
        let length = self.file.read(buffer)?;
        self.allowed = self.allowed.saturating_sub(length);
        self.bytes += length as u64;
        if let (Some(digest), Some(data)) = (&mut self.digest, buffer.get(..length)) {
            digest.update(data);
        }
        Ok(length)
    }
}

impl Seek for Source {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}
