//! UTF-16 read as UTF-8.

use std::io::{self, BufRead, BufReader, Read};

/// Reads UTF-16 and gives UTF-8. What is no UTF-16 becomes what is no UTF-8, so that it shows in its record.
pub(super) struct Utf16<R> {
    from: BufReader<R>,
    unit: fn([u8; 2]) -> u16,
    /// What has been decoded, and how much of it has been taken.
    decoded: Vec<u8>,
    taken: usize,
    /// The first half of a surrogate pair.
    high: Option<u16>,
    /// The first byte of a unit.
    odd: Option<u8>,
}

/// A byte that no UTF-8 has.
const WRONG: u8 = 0xff;

impl<R: Read> Utf16<R> {
    pub(super) fn new(from: R, unit: fn([u8; 2]) -> u16) -> Self {
        let from = BufReader::with_capacity(32 << 10, from);
        Self { from, unit, decoded: Vec::new(), taken: 0, high: None, odd: None }
    }

    pub(super) fn get_mut(&mut self) -> &mut R {
        self.from.get_mut()
    }

    /// Decodes what comes next. Nothing at the end.
    fn fill(&mut self) -> io::Result<()> {
        self.decoded.clear();
        self.taken = 0;
        let bytes = self.from.fill_buf()?;
        let length = bytes.len();
        if length == 0 && (self.high.take().is_some() | self.odd.take().is_some()) {
            self.decoded.push(WRONG);
        }
        for &byte in bytes {
            let Some(first) = self.odd.take() else {
                self.odd = Some(byte);
                continue;
            };
            let unit = (self.unit)([first, byte]);
            let high = self.high.take();
            if (0xd800..0xdc00).contains(&unit) {
                self.decoded.extend(high.map(|_| WRONG));
                self.high = Some(unit);
                continue;
            }
            for decoded in char::decode_utf16(high.into_iter().chain([unit])) {
                match decoded {
                    Ok(character) => {
                        self.decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                    Err(_) => self.decoded.push(WRONG),
                }
            }
        }
        self.from.consume(length);
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.decoded.len() {
            self.fill()?;
            if self.decoded.is_empty() && self.odd.is_none() && self.high.is_none() {
                return Ok(0);
            }
        }
        let mut rest = self.decoded.get(self.taken..).unwrap_or_default();
        let length = rest.read(buffer)?;
        self.taken += length;
        Ok(length)
    }
}
