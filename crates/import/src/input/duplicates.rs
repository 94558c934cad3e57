//! Finds values that occur more than once, in bounded memory.
//!
//! Values are kept as 16 bytes of their SHA-256, sorted in runs of a few megabytes that go to one temporary file, and
//! merged at the end, when equal ones are neighbours. The file has no name and holds no token.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// What kind of value it is; only values of a kind are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    AccessToken = 0,
    RefreshToken = 1,
    /// Client and subject, which a service may allow one token.
    Holder = 2,
}

/// How a value occurs again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// As a value of the same kind.
    Same(Compared),
    /// As the refresh token of one record and the access token of another.
    Crossed,
}

type Entry = (u128, u64);
const ENTRY: usize = 24;
/// 6 MiB in memory.
const RUN: usize = 1 << 18;
/// How many entries a record may have.
const KINDS: usize = 3;
const KIND_SHIFT: u32 = 62;

/// A file of sorted runs.
pub(crate) struct Duplicates {
    run: Vec<Entry>,
    limit: usize,
    spilled: Option<File>,
    /// How many entries there have been.
    added: u64,
    /// Where each run in the file starts and ends.
    runs: Vec<(u64, u64)>,
}

impl Duplicates {
    pub(crate) fn new() -> Self {
        Self::with_limit(RUN)
    }

    fn with_limit(limit: usize) -> Self {
        Self { run: Vec::new(), limit, spilled: None, added: 0, runs: Vec::new() }
    }

    /// Just before the first entries go to the temporary file: about how many bytes it will have at the end, if so much of
    /// the input has been read.
    pub(crate) fn foreseen(&self, read: u64, of: u64) -> Option<u64> {
        let is_due = self.spilled.is_none() && self.run.len() + KINDS > self.limit;
        let bytes = u128::from(self.added) * ENTRY as u128 * u128::from(of) / u128::from(read.max(1));
        is_due.then(|| u64::try_from(bytes).unwrap_or(u64::MAX))
    }

    pub(crate) fn add(&mut self, kind: Compared, sha256: &[u8; 32], record: u64) -> io::Result<()> {
        if self.run.len() == self.limit {
            self.spill()?;
        }
        let [prefix @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = sha256;
        self.added += 1;
        self.run.push((u128::from_be_bytes(*prefix), ((kind as u64) << KIND_SHIFT) | record));
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.run.sort_unstable();
        let file = match &mut self.spilled {
            Some(file) => file,
            None => self.spilled.insert(tempfile::tempfile()?),
        };
        let start = file.seek(SeekFrom::End(0))?;
        let mut writer = io::BufWriter::with_capacity(64 << 10, file);
        for (hash, tag) in self.run.drain(..) {
            writer.write_all(&hash.to_be_bytes())?;
            writer.write_all(&tag.to_be_bytes())?;
        }
        writer.flush()?;
        drop(writer);
        let end = self.spilled.as_mut().map_or(Ok(start), |file| file.seek(SeekFrom::End(0)))?;
        self.runs.push((start, end));
        Ok(())
    }

    /// Calls `found` with each record whose value an earlier record has, and with the first such record.
    pub(crate) fn finish<E: From<io::Error>>(
        mut self,
        mut found: impl FnMut(Repetition, u64, u64) -> Result<(), E>,
    ) -> Result<(), E> {
        self.run.sort_unstable();
        let mut first: Option<Entry> = None;
        let mut look = |(hash, tag): Entry| {
            let same = first.filter(|(known, _)| *known == hash);
            let repetition = same.and_then(|(_, known)| Some((repetition(kind(known), kind(tag))?, known)));
            if same.is_none_or(|(_, known)| kind(known) != kind(tag)) {
                first = Some((hash, tag));
            }
            match repetition {
                Some((repetition, known)) => found(repetition, record(tag), record(known)),
                None => Ok(()),
            }
        };
        let Some(mut file) = self.spilled else {
            return self.run.into_iter().try_for_each(look);
        };
        let share = (8 << 20) / (self.runs.len() + 1);
        let capacity = (share / ENTRY).clamp(16, 2048) * ENTRY;
        let mut cursors: Vec<Cursor> =
            self.runs.iter().map(|&(next, end)| Cursor { next, end, buffer: Vec::new(), at: 0 }).collect();
        let mut heap = BinaryHeap::new();
        for (index, cursor) in cursors.iter_mut().enumerate() {
            heap.extend(cursor.next(&mut file, capacity)?.map(|entry| Reverse((entry, index))));
        }
        let mut memory = self.run.into_iter().peekable();
        while let Some(&Reverse((entry, index))) = heap.peek() {
            if let Some(own) = memory.next_if(|own| *own < entry) {
                look(own)?;
                continue;
            }
            heap.pop();
            look(entry)?;
            if let Some(cursor) = cursors.get_mut(index) {
                heap.extend(cursor.next(&mut file, capacity)?.map(|entry| Reverse((entry, index))));
            }
        }
        memory.try_for_each(look)
    }
}

/// What kind of value an entry is of.
fn kind(tag: u64) -> Compared {
    match tag >> KIND_SHIFT {
        0 => Compared::AccessToken,
        1 => Compared::RefreshToken,
        _ => Compared::Holder,
    }
}

/// The record of an entry.
fn record(tag: u64) -> u64 {
    tag & ((1 << KIND_SHIFT) - 1)
}

/// What it is if a value of the second kind is one of the first.
fn repetition(first: Compared, second: Compared) -> Option<Repetition> {
    match (first, second) {
        (Compared::AccessToken, Compared::RefreshToken) => Some(Repetition::Crossed),
        _ => (first == second).then_some(Repetition::Same(first)),
    }
}

/// A place in a run.
struct Cursor {
    next: u64,
    end: u64,
    buffer: Vec<u8>,
    at: usize,
}

impl Cursor {
    fn next(&mut self, file: &mut File, capacity: usize) -> io::Result<Option<Entry>> {
        if self.at == self.buffer.len() {
            let length = usize::try_from(self.end - self.next).unwrap_or(capacity).min(capacity);
            self.buffer.resize(length, 0);
            file.seek(SeekFrom::Start(self.next))?;
            file.read_exact(&mut self.buffer)?;
            self.next += length as u64;
            self.at = 0;
        }
        let entry = self.buffer.get(self.at..).and_then(|rest| {
            let (hash, rest) = rest.split_first_chunk()?;
            let (tag, _) = rest.split_first_chunk()?;
            Some((u128::from_be_bytes(*hash), u64::from_be_bytes(*tag)))
        });
        self.at += if entry.is_some() { ENTRY } else { 0 };
        Ok(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::hash::sha256;

    #[test]
    fn finds_what_occurs_again_in_memory_and_in_runs() {
        for limit in [4, 64, 10_000] {
            let mut crossed = Vec::new();
            let mut duplicates = Duplicates::with_limit(limit);
            for record in 1..=1000 {
                duplicates.add(Compared::AccessToken, &sha256(format!("a{}", record % 900)), record).unwrap();
                // Every hundredth is the access token of another record.
                let other = if record % 100 == 0 { "a" } else { "r" };
                duplicates.add(Compared::RefreshToken, &sha256(format!("{other}{record}")), record).unwrap();
            }
            let mut found = Vec::new();
            duplicates
                .finish(|kind, record, first| {
                    match kind {
                        Repetition::Crossed => crossed.push((record, first)),
                        kind => {
                            assert_eq!(kind, Repetition::Same(Compared::AccessToken));
                            found.push((record, first));
                        }
                    }
                    Ok::<_, io::Error>(())
                })
                .unwrap();
            found.sort_unstable();
            // 900 to 1000 are 0 to 100 again, and 0 itself is 900.
            let expected: Vec<_> = (901..=1000).map(|record| (record, record - 900)).collect();
            assert_eq!(found, expected, "with runs of {limit}");
            crossed.sort_unstable();
            let expected: Vec<_> = (1..=8).map(|hundred| (hundred * 100, hundred * 100)).collect();
            assert_eq!(crossed, expected, "with runs of {limit}");
        }
    }
}
