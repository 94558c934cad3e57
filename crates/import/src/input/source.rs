//! The text of a file, whatever it is wrapped in, hashed as it is read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::utf16::Utf16;

/// The longest record.
pub(super) const MAX_RECORD: usize = 1 << 20;
/// What is said of a longer one.
pub(super) const TOO_LONG: &str = "is longer than 1 MiB";
const BUFFER: usize = 64 << 10;

/// What identifies a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) bytes: u64,
    pub(crate) sha256: [u8; 32],
}

/// The file as it lies there, which counts and hashes what is read of it.
pub(super) struct Raw {
    file: File,
    digest: Option<Sha256>,
    bytes: u64,
}

impl Raw {
    pub(super) fn new(file: File, fingerprint: bool) -> Self {
        Self { file, digest: fingerprint.then(Sha256::new), bytes: 0 }
    }

    /// The fingerprint of the file, once all of it has been read.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let sha256 = self.digest.clone().map_or([0; 32], |digest| digest.finalize().into());
        Fingerprint { bytes: self.bytes, sha256 }
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.bytes += length as u64;
        if let (Some(digest), Some(data)) = (&mut self.digest, buffer.get(..length)) {
            digest.update(data);
        }
        Ok(length)
    }
}

/// The file, unpacked if it is packed.
enum Unpacked {
    Plain(Raw),
    /// `begun` says whether anything of its content has been read.
    Gzip {
        decoder: Box<MultiGzDecoder<Raw>>,
        begun: bool,
    },
}

impl Unpacked {
    fn raw(&mut self) -> &mut Raw {
        match self {
            Self::Plain(raw) => raw,
            Self::Gzip { decoder, .. } => decoder.get_mut(),
        }
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(raw) => raw.read(buffer),
            Self::Gzip { decoder, begun } => match decoder.read(buffer) {
                Ok(length) => {
                    *begun |= length > 0;
                    Ok(length)
                }
                Err(error) => Err(unpackable(error, *begun && decoder.header().is_none())),
            },
        }
    }
}

/// What is wrong with a packed file. `is_behind` says that it has content, and that what stands behind that begins no other.
fn unpackable(error: io::Error, is_behind: bool) -> io::Error {
    let what = match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::InvalidInput | ErrorKind::InvalidData if is_behind => {
            "the gzip file has something behind its content that is not gzip, or is cut there"
        }
        ErrorKind::UnexpectedEof => "the gzip file is cut: it ends before its content",
        ErrorKind::InvalidInput | ErrorKind::InvalidData => "the gzip file is damaged",
        _ => return error,
    };
    io::Error::new(ErrorKind::InvalidData, what)
}

/// The file as UTF-8.
enum Text {
    Utf8(Unpacked),
    Utf16(Utf16<Unpacked>),
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Utf8(from) => from.read(buffer),
            Self::Utf16(from) => from.read(buffer),
        }
    }
}

/// Only what lies in the file as it is read can be jumped in.
impl Seek for Text {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Utf8(Unpacked::Plain(raw)) => raw.file.seek(position),
            _ => Err(ErrorKind::Unsupported.into()),
        }
    }
}

/// The text of a file. Its offsets are those of the text, without a byte order mark.
pub(super) struct TextSource {
    text: BufReader<Text>,
    at: u64,
}

impl TextSource {
    pub(super) fn open(mut file: File, fingerprint: bool) -> io::Result<Self> {
        let packed = is_packed(&mut file)?;
        let unpack = |file, fingerprint| {
            let raw = Raw::new(file, fingerprint);
            match packed {
                true => Unpacked::Gzip { decoder: Box::new(MultiGzDecoder::new(raw)), begun: false },
                false => Unpacked::Plain(raw),
            }
        };
        file.rewind()?;
        let mut head = Vec::new();
        unpack(file.try_clone()?, false).take(4).read_to_end(&mut head)?;
        // Both handles share a position.
        file.rewind()?;
        let unpacked = unpack(file, fingerprint);
        let utf16 = |unpacked, unit| Text::Utf16(Utf16::new(unpacked, unit));
        // Text begins with ASCII, of which UTF-16 has every other byte empty.
        let (text, mark) = match *head.as_slice() {
            [0xff, 0xfe, ..] => (utf16(unpacked, u16::from_le_bytes), 3),
            [0xfe, 0xff, ..] => (utf16(unpacked, u16::from_be_bytes), 3),
            [first, 0, second, 0] if first > 0 && second > 0 => (utf16(unpacked, u16::from_le_bytes), 0),
            [0, first, 0, second] if first > 0 && second > 0 => (utf16(unpacked, u16::from_be_bytes), 0),
            [0xef, 0xbb, 0xbf, ..] => (Text::Utf8(unpacked), 3),
            _ => (Text::Utf8(unpacked), 0),
        };
        let mut source = Self { text: BufReader::with_capacity(BUFFER, text), at: 0 };
        source.skip(mark)?;
        source.at = 0;
        Ok(source)
    }

    /// Where the next byte is.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Goes to this offset. In a packed file, or one in UTF-16, going back means beginning anew.
    pub(super) fn seek(&mut self, to: u64) -> io::Result<()> {
        if matches!(self.text.get_ref(), Text::Utf8(Unpacked::Plain(_))) {
            // Stays in the buffer where it can.
            let step = i64::try_from(to).unwrap_or(i64::MAX) - i64::try_from(self.at).unwrap_or(0);
            self.at = to;
            return self.text.seek_relative(step);
        }
        if to < self.at {
            let mut file = self.raw().file.try_clone()?;
            file.rewind()?;
            *self = Self::open(file, false)?;
        }
        self.skip(to - self.at)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        io::copy(&mut self.take(length), &mut io::sink()).map(drop)
    }

    fn raw(&mut self) -> &mut Raw {
        match self.text.get_mut() {
            Text::Utf8(from) => from.raw(),
            Text::Utf16(from) => from.get_mut().raw(),
        }
    }

    /// How much of the file has been read.
    pub(super) fn raw_bytes(&mut self) -> u64 {
        self.raw().bytes
    }

    /// The fingerprint of the file, if it was asked for and the text has been read to its end.
    pub(super) fn fingerprint(&mut self) -> io::Result<Fingerprint> {
        let raw = self.raw();
        io::copy(raw, &mut io::sink())?;
        Ok(raw.fingerprint())
    }
}

impl Read for TextSource {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.text.read(buffer)?;
        self.at += length as u64;
        Ok(length)
    }
}

impl BufRead for TextSource {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.text.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.text.consume(length);
        self.at += length as u64;
    }
}

/// Whether the file is packed with gzip. What is packed otherwise is named.
fn is_packed(file: &mut File) -> io::Result<bool> {
    const OTHERS: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "a ZIP archive or a spreadsheet"),
        (b"\x28\xb5\x2f\xfd", "packed with zstd"),
        (b"\xfd7zXZ", "packed with xz"),
        (b"BZh", "packed with bzip2"),
    ];
    let mut head = Vec::new();
    file.take(8).read_to_end(&mut head)?;
    match OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        Some((_, what)) => {
            Err(io::Error::new(ErrorKind::InvalidData, format!("it is {what}: unpack or export it as text")))
        }
        None => Ok(head.starts_with(b"\x1f\x8b")),
    }
}
