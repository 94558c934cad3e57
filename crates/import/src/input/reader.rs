//! Reads records in order, JSON lines or CSV, in bounded memory, and finds any again by its byte offset.

use std::io::{self, BufRead, BufReader, Read};

use csv::{ByteRecord, Position};

use super::file::{Format, Input};
use super::record::{Kind, Problem};
use super::source::{Fingerprint, MAX_RECORD, Source, TOO_LONG};
use super::table::{columns, csv_problem, object};
use crate::stop::Stop;

/// A habit of some exporters.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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
    /// A reader at the first record. With `fingerprint` it hashes what it reads.
    pub(crate) fn open(input: &Input, fingerprint: bool) -> Result<Self, Stop> {
        let mut source = Source::new(input.file()?, fingerprint);
        let rows = match input.format() {
            Format::Jsonl => Rows::Lines {
                source: BufReader::with_capacity(64 << 10, source),
                offset: 0,
                line: Vec::new(),
            },
            Format::Csv => {
                source.allow();
                let mut reader =
                    csv::ReaderBuilder::new().flexible(true).buffer_capacity(64 << 10).from_reader(source);
                let header = reader.byte_headers().map_err(|error| input.failed(csv_problem(&error)))?;
                let columns = columns(header)?;
                Rows::Csv { reader, columns, row: ByteRecord::new(), json: Vec::new() }
            }
        };
        Ok(Self { rows, number: 0, input: input.clone() })
    }
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
