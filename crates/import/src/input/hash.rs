//! The hash that stands for a token, and its spellings.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::stop::Stop;

/// The hash under which values are compared and tokens are reported.
pub(crate) fn sha256(text: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// Names tokens in a report: by their hash, or by one that only those can compute who have the key.
pub(crate) struct Names(Option<Hmac<Sha256>>);

impl Names {
    /// The shortest key.
    const KEY: usize = 16;

    /// With the key in a file, without the line break at its end; without one, by the plain hash.
    pub(crate) fn new(key_file: Option<&Path>) -> Result<Self, Stop> {
        let Some(path) = key_file else {
            return Ok(Self(None));
        };
        let failed =
            |what: &dyn Display| Stop::new(format!("cannot read the key in {}: {what}", path.display()));
        let key = fs::read(path).map_err(|error| failed(&error))?;
        let key = key.strip_suffix(b"\n").unwrap_or(&key);
        let key = key.strip_suffix(b"\r").unwrap_or(key);
        if key.len() < Self::KEY {
            return Err(failed(&format!("it must have at least {} bytes", Self::KEY)));
        }
        Ok(Self(Some(Hmac::new_from_slice(key).map_err(|error| failed(&error))?)))
    }

    /// What tells one key from another without giving it away; `None` without a key.
    pub(crate) fn key_id(&self) -> Option<String> {
        let mac = self.0.clone()?.chain_update("authlete-import: the ID of this key");
        mac.finalize().into_bytes().get(..8).map(hex)
    }

    /// The name of a token with this hash.
    pub(crate) fn of(&self, token: &str, hash: &[u8; 32]) -> String {
        match &self.0 {
            None => hex(hash),
            Some(mac) => hex(&mac.clone().chain_update(token).finalize().into_bytes()),
        }
    }
}

/// Hashes what is read or written.
pub(crate) struct Hashed<T> {
    inner: T,
    digest: Sha256,
}

impl<T> Hashed<T> {
    pub(crate) fn new(inner: T) -> Self {
        Self { inner, digest: Sha256::new() }
    }

    /// The hash of what has passed, in hexadecimal.
    pub(crate) fn hash(self) -> String {
        hex(&self.digest.finalize())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.digest.update(buffer.get(..length).unwrap_or_default());
        Ok(length)
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let length = self.inner.write(data)?;
        self.digest.update(data.get(..length).unwrap_or_default());
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A hash in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Base64url without padding (RFC 4648 section 5).
pub(crate) fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..=group.len() {
            let value = (bits >> (18 - 6 * digit)) & 63;
            text.push(char::from(DIGITS.get(value as usize).copied().unwrap_or_default()));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_that_of_rfc_4648() {
        for (plain, encoded) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("~~~?", "fn5-Pw")] {
            assert_eq!(base64url(plain.as_bytes()), encoded);
        }
    }
}
