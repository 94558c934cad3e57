//! JSON lines: an object per line.

use std::io::{self, BufRead, ErrorKind};

use memchr::memchr;

use super::problem::Problem;
use super::record::Shape;
use super::source::{MAX_RECORD, TOO_LONG, TextSource};

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
    pub(super) fn read(&mut self, source: &mut TextSource) -> io::Result<Option<Shape>> {
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
    fn read_line(&mut self, source: &mut TextSource) -> io::Result<Option<Result<(), Problem>>> {
        self.line.clear();
        read_until_break(source, &mut self.line)?;
        if self.line.is_empty() {
            return Ok(None);
        }
        let is_ended = self.line.last() == Some(&b'\n');
        if self.line.len() > MAX_RECORD && !is_ended {
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

/// Reads to the end of the line, or a byte more than a record may have. The standard library's `read_until` looks for the end
/// much more slowly.
fn read_until_break(source: &mut TextSource, line: &mut Vec<u8>) -> io::Result<()> {
    while line.len() <= MAX_RECORD {
        let read = match source.fill_buf() {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let read = read.get(..MAX_RECORD + 1 - line.len()).unwrap_or(read);
        let end = memchr(b'\n', read);
        let text = end.and_then(|at| read.get(..=at)).unwrap_or(read);
        let length = text.len();
        line.extend_from_slice(text);
        source.consume(length);
        if end.is_some() || length == 0 {
            break;
        }
    }
    Ok(())
}
