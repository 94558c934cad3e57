//! JSON lines: an object per line.

use std::io::{self, BufRead, Read};

use super::record::{Problem, Shape};
use super::source::{MAX_RECORD, Source, TOO_LONG};

const CUT: Problem = Problem::new("record", "is not a JSON object: the file ends within it");

/// Reads lines.
#[derive(Default)]
pub(super) struct Lines {
    line: Vec<u8>,
    number: u64,
}

impl Lines {
    pub(super) fn raw(&self) -> &[u8] {
        &self.line
    }

    /// How many lines there were to the last one read.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// After the source has gone to the start of the line with this number.
    pub(super) fn sought(&mut self, number: u64) {
        self.number = number.saturating_sub(1);
    }

    /// Reads the next line that is not blank; `None` at the end.
    pub(super) fn read(&mut self, source: &mut Source) -> io::Result<Option<Shape>> {
        loop {
            let start = source.at();
            let Some(read) = self.read_line(source)? else {
                return Ok(None);
            };
            self.number += 1;
            if read.is_err() || !self.line.trim_ascii().is_empty() {
                return Ok(Some((start, read)));
            }
        }
    }

    /// Reads a line without its end; `None` at the end of the file. Of a line that is too long nothing is kept.
    fn read_line(&mut self, source: &mut Source) -> io::Result<Option<Result<(), Problem>>> {
        self.line.clear();
        let limit = MAX_RECORD as u64 + 1;
        let length = source.by_ref().take(limit).read_until(b'\n', &mut self.line)? as u64;
        if length == 0 {
            return Ok(None);
        }
        let is_ended = self.line.last() == Some(&b'\n');
        if length == limit && !is_ended {
            self.line.clear();
            source.skip_until(b'\n')?;
            return Ok(Some(Err(Problem::new("record", TOO_LONG))));
        }
        while self.line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line.pop();
        }
        let is_whole =
            is_ended || self.line.trim_ascii_end().ends_with(b"}") || self.line.trim_ascii().is_empty();
        Ok(Some(if is_whole { Ok(()) } else { Err(CUT) }))
    }
}
