//! Records of a CSV file, quoted as RFC 4180 has it and not otherwise.

use std::io::{self, BufRead};
use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

use super::source::{MAX_RECORD, TextSource};

/// No table is wider. What a record has more only shows in that it is another number than the header's.
pub(super) const MAX_CELLS: usize = 4096;

/// Where a cell of a record lies in its text.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Without the quotation marks around it.
    pub(super) range: Range<usize>,
    /// Quotation marks within it are doubled.
    pub(super) escaped: bool,
    /// The line it begins in.
    pub(super) line: u64,
    /// How many line breaks it holds.
    pub(super) breaks: u64,
}

/// What keeps a record from being told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quotation mark in a cell that is not quoted.
    Stray,
    /// Text between a closing quotation mark and the next separator.
    Behind,
    /// A quotation mark that is still open at the end of the file.
    Open,
    /// The file ends within the record, or so it seems.
    Unended,
    TooLong,
}

/// Where a fault is: in the cell with this index, which begins in this line, and goes on in so many others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) cell: usize,
    pub(super) line: u64,
    pub(super) breaks: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CellState {
    /// At the start of a cell.
    Start,
    Plain,
    /// Behind a backslash that takes the next byte for itself.
    Escaped,
    Quoted,
    /// Behind a quotation mark in a quoted cell: it closes the cell, or is the first of two.
    Closed,
    /// The same, and behind a carriage return.
    ClosedReturn,
    /// Behind a fault, on the way to the end of the line.
    Lost,
}

/// Splits a text into records and cells.
pub(super) struct Quoting {
    pub(super) delimiter: u8,
    /// What may stand in a cell besides text: a quotation mark, or a backslash in the text formats of databases.
    mark: u8,
    /// The record without its line break; empty if it is too long.
    pub(super) raw: Vec<u8>,
    pub(super) cells: Vec<Cell>,
    pub(super) fault: Option<(Fault, Position)>,
    /// The line that comes next, from 1.
    line: u64,
}

impl Quoting {
    /// In the text format of a database, if it `is_escaped`: backslashes keep separators from being such, and quotation marks
    /// mean nothing.
    pub(super) fn new(delimiter: u8, is_escaped: bool) -> Self {
        let mark = if is_escaped { b'\\' } else { b'"' };
        Self { delimiter, mark, raw: Vec::new(), cells: Vec::new(), fault: None, line: 1 }
    }

    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// Reads the next record. `false` at the end.
    pub(super) fn read(&mut self, source: &mut TextSource) -> io::Result<bool> {
        self.raw.clear();
        self.cells.clear();
        self.fault = None;
        let mut scan = Scan { state: CellState::Start, cell: self.cell_at(0), length: 0 };
        loop {
            let buffer = source.fill_buf()?;
            if buffer.is_empty() {
                if scan.length == 0 {
                    return Ok(false);
                }
                self.end_of_file(scan);
                return Ok(true);
            }
            let (used, ended) = self.scan(buffer, &mut scan);
            // A fault is known by its place alone, so that what is too long need not be kept.
            if scan.length <= MAX_RECORD {
                self.raw.extend_from_slice(buffer.get(..used).unwrap_or_default());
            } else {
                self.raw = Vec::new();
            }
            source.consume(used);
            if ended {
                self.end_of_record(scan);
                return Ok(true);
            }
        }
    }

    fn cell_at(&self, start: usize) -> Cell {
        Cell { range: start..start, escaped: false, line: self.line, breaks: 0 }
    }

    /// Goes through a part of a record. Returns how much of it belongs to the record, and whether the record ends there.
    fn scan(&mut self, buffer: &[u8], scan: &mut Scan) -> (usize, bool) {
        let begin = scan.length;
        let mut used = 0;
        while let Some(rest) = buffer.get(used..).filter(|rest| !rest.is_empty()) {
            let found = match scan.state {
                CellState::Plain => memchr3(self.delimiter, b'\n', self.mark, rest),
                CellState::Quoted => memchr2(b'"', b'\n', rest),
                CellState::Lost => memchr(b'\n', rest),
                CellState::Start | CellState::Escaped | CellState::Closed | CellState::ClosedReturn => {
                    Some(0)
                }
            };
            let Some((index, &byte)) = found.and_then(|index| Some((index, rest.get(index)?))) else {
                used = buffer.len();
                break;
            };
            used += index + 1;
            // The place behind the byte, and that of the byte.
            scan.length = begin + used;
            let at = scan.length - 1;
            match (scan.state, byte) {
                (CellState::Quoted, b'\n') => {
                    scan.cell.breaks += 1;
                    self.line += 1;
                }
                (CellState::Quoted, _) => {
                    scan.cell.range.end = at;
                    scan.state = CellState::Closed;
                }
                (CellState::Closed, b'"') => {
                    scan.cell.escaped = true;
                    scan.state = CellState::Quoted;
                }
                (CellState::Escaped, byte) => {
                    if byte == b'\n' {
                        scan.cell.breaks += 1;
                        self.line += 1;
                    }
                    scan.state = CellState::Plain;
                }
                (CellState::Start | CellState::Plain, b'\\') if self.mark == b'\\' => {
                    scan.state = CellState::Escaped;
                }
                (CellState::Start, b'"') if self.mark == b'"' => {
                    scan.cell = self.cell_at(scan.length);
                    scan.state = CellState::Quoted;
                }
                (CellState::Lost, _) => return (used, true),
                (CellState::Closed, b'\r') => scan.state = CellState::ClosedReturn,
                (CellState::Start | CellState::Plain, b'\n') => {
                    scan.cell.range.end = at;
                    return (used, true);
                }
                (CellState::Closed | CellState::ClosedReturn, b'\n') => return (used, true),
                (CellState::Start | CellState::Plain | CellState::Closed, byte) if byte == self.delimiter => {
                    if scan.state != CellState::Closed {
                        scan.cell.range.end = at;
                    }
                    let next = self.cell_at(scan.length);
                    let cell = std::mem::replace(&mut scan.cell, next);
                    self.keep(cell);
                    scan.state = CellState::Start;
                }
                (CellState::Start, _) => scan.state = CellState::Plain,
                (CellState::Plain, _) => self.lose(scan, Fault::Stray),
                (CellState::Closed | CellState::ClosedReturn, _) => self.lose(scan, Fault::Behind),
            }
        }
        scan.length = begin + used;
        (used, false)
    }

    fn lose(&mut self, scan: &mut Scan, fault: Fault) {
        scan.state = CellState::Lost;
        self.fault = Some((fault, self.place(scan)));
    }

    fn place(&self, scan: &Scan) -> Position {
        Position { cell: self.cells.len(), line: scan.cell.line, breaks: scan.cell.breaks }
    }

    fn end_of_record(&mut self, mut scan: Scan) {
        self.raw.pop();
        self.raw.pop_if(|last| *last == b'\r');
        if matches!(scan.state, CellState::Start | CellState::Plain) && scan.length <= MAX_RECORD {
            scan.cell.range.end = scan.cell.range.end.min(self.raw.len());
        }
        self.finish(scan);
    }

    fn end_of_file(&mut self, mut scan: Scan) {
        match scan.state {
            CellState::Quoted => self.fault = Some((Fault::Open, self.place(&scan))),
            CellState::Start | CellState::Plain | CellState::Escaped => {
                scan.cell.range.end = scan.length;
                self.fault = Some((Fault::Unended, self.place(&scan)));
            }
            // What ends with a closed quotation mark is whole.
            CellState::Closed | CellState::ClosedReturn | CellState::Lost => {}
        }
        self.finish(scan);
    }

    fn finish(&mut self, scan: Scan) {
        self.line += 1;
        if scan.length > MAX_RECORD && self.fault.is_none() {
            self.fault = Some((Fault::TooLong, self.place(&scan)));
        }
        self.keep(scan.cell);
    }

    fn keep(&mut self, cell: Cell) {
        if self.cells.len() < MAX_CELLS {
            self.cells.push(cell);
        }
    }
}

/// How far a record has been read.
struct Scan {
    state: CellState,
    cell: Cell,
    length: usize,
}
