//! JSON values one after another, over as many lines as they like, or in one array.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::problem::Problem;
use super::record::Shape;
use super::source::{MAX_RECORD, TOO_LONG, TextSource};
use crate::count::count;

/// Reads values.
pub(super) struct JsonValues {
    /// Whether they stand in an array, and how far that is.
    array: Option<Array>,
    value: Vec<u8>,
    line: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Array {
    Unopened,
    /// Behind the opening bracket.
    Opened,
    /// Behind a value.
    Value,
    /// Behind a comma.
    Comma,
    Closed,
}

impl JsonValues {
    pub(super) fn new(is_array: bool) -> Self {
        Self { array: is_array.then_some(Array::Unopened), value: Vec::new(), line: 1 }
    }

    pub(super) fn raw(&self) -> &[u8] {
        &self.value
    }

    /// After the source has gone to the start of a value.
    pub(super) fn sought(&mut self) {
        self.array = self.array.map(|_| Array::Comma);
    }

    /// Reads the next value. Returns where it starts, and what is wrong with it or with its place; `None` at the end.
    pub(super) fn read(&mut self, source: &mut TextSource) -> io::Result<Option<Shape>> {
        self.value.clear();
        loop {
            let start = source.at();
            let Some(&byte) = source.fill_buf()?.first() else {
                return Ok(match self.array {
                    None | Some(Array::Closed) => None,
                    Some(_) => {
                        self.array = Some(Array::Closed);
                        let what = "is missing: the file ends before its array does";
                        Some((start, Err(Problem::new("record", what))))
                    }
                });
            };
            let mut missing = None;
            let fault = match (byte, self.array) {
                (b'\n', _) => {
                    self.line += 1;
                    source.consume(1);
                    continue;
                }
                (b' ' | b'\t' | b'\r', _) => {
                    source.consume(1);
                    continue;
                }
                (b'[', Some(Array::Unopened)) => {
                    self.array = Some(Array::Opened);
                    source.consume(1);
                    continue;
                }
                (b',', Some(Array::Value)) => {
                    self.array = Some(Array::Comma);
                    source.consume(1);
                    continue;
                }
                (b']', Some(Array::Opened | Array::Value)) => {
                    self.array = Some(Array::Closed);
                    source.consume(1);
                    continue;
                }
                (b',' | b']', Some(Array::Opened | Array::Comma)) => {
                    self.array = Some(if byte == b']' { Array::Closed } else { Array::Comma });
                    source.consume(1);
                    missing = Some("is missing where a comma wants one");
                    None
                }
                (_, Some(Array::Value)) => Some("stands behind another without a comma"),
                (_, Some(Array::Closed)) => Some("stands behind the end of the array"),
                _ => None,
            };
            if let Some(what) = missing {
                return Ok(Some((start, Err(Problem::new("record", what)))));
            }
            let begun = self.line;
            let mut read = if byte == b'{' { self.read_object(source)? } else { self.read_other(source)? };
            if let Some(what) = fault {
                read = Err(what);
            }
            if self.array.is_some_and(|array| array != Array::Closed) {
                self.array = Some(Array::Value);
            }
            let lines = self.line - begun + 1;
            let read = read.map_err(|what| {
                let lines = count(lines, "line");
                let what = format!("{what} (it begins in line {begun} and takes {lines})");
                Problem { field: "record", what: Cow::Owned(what) }
            });
            return Ok(Some((start, read)));
        }
    }

    /// Reads an object to its closing brace, or to the end of a line that no object can end in.
    fn read_object(&mut self, source: &mut TextSource) -> io::Result<Result<(), &'static str>> {
        let (mut object, mut length) = (ObjectScan::default(), 0);
        loop {
            let buffer = source.fill_buf()?;
            if buffer.is_empty() {
                return Ok(Err("is not a JSON object: the file ends within it"));
            }
            let mut used = 0;
            let mut end = None;
            for &byte in buffer {
                used += 1;
                if byte == b'\n' {
                    self.line += 1;
                    if object.in_string {
                        end = Some(Err("is not a JSON object: a string in it is not closed in its line"));
                    }
                } else if object.closes_with(byte) {
                    end = Some(Ok(()));
                }
                if end.is_some() {
                    break;
                }
            }
            length += used;
            self.keep(buffer.get(..used).unwrap_or_default(), length);
            source.consume(used);
            if let Some(end) = end {
                return Ok(if length > MAX_RECORD { Err(TOO_LONG) } else { end });
            }
        }
    }

    /// Passes over what is no object, to the next place where one may begin.
    fn read_other(&mut self, source: &mut TextSource) -> io::Result<Result<(), &'static str>> {
        let mut length = 0;
        loop {
            let buffer = source.fill_buf()?;
            let ends =
                |&(at, byte): &(usize, &u8)| length + at > 0 && matches!(byte, b',' | b']' | b'{' | b'\n');
            let end = buffer.iter().enumerate().find(ends).map(|(at, _)| at);
            let used = end.unwrap_or(buffer.len());
            length += used;
            self.keep(buffer.get(..used).unwrap_or_default(), length);
            source.consume(used);
            if end.is_some() || used == 0 {
                return Ok(Err("is not a JSON object"));
            }
        }
    }

    /// Keeps a part of a value that has this length now. Of one that is too long nothing is kept.
    fn keep(&mut self, part: &[u8], length: usize) {
        if length <= MAX_RECORD {
            self.value.extend_from_slice(part);
        } else {
            self.value = Vec::new();
        }
    }
}

/// How far an object has been read.
#[derive(Default)]
struct ObjectScan {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl ObjectScan {
    /// Takes the next byte, and says whether it closes the object.
    fn closes_with(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.depth += 1,
            b'}' | b']' if !self.in_string => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// Where the object that a line begins with ends, if that is in this line.
pub(super) fn end_of_object(line: &[u8]) -> Option<usize> {
    let mut object = ObjectScan::default();
    line.iter().position(|&byte| object.closes_with(byte)).map(|at| at + 1)
}
