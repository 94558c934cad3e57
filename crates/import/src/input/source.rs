//! The bytes of a file, counted and hashed as they are read.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use super::record::Problem;

/// The longest record.
pub(super) const MAX_RECORD: usize = 1 << 20;
pub(super) const TOO_LONG: Problem = Problem::new("record", "is longer than 1 MiB");

/// What identifies a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) bytes: u64,
    pub(crate) sha256: [u8; 32],
}

/// The file, which counts and hashes what is read of it and ends a record that does not end.
pub(super) struct Source {
    file: File,
    digest: Option<Sha256>,
    bytes: u64,
    /// What may still be read for this record. An open quotation mark makes the rest of a CSV file one record.
    allowed: usize,
}

impl Source {
    pub(super) fn new(file: File, fingerprint: bool) -> Self {
        Self { file, digest: fingerprint.then(Sha256::new), bytes: 0, allowed: usize::MAX }
    }

    pub(super) fn allow(&mut self) {
        self.allowed = MAX_RECORD;
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
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
