//! Hashes and identifiers: the names of what is stored.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub(crate) type Hash = [u8; 32];

/// SHA-256 of `data`.
pub(crate) fn sha256(data: impl AsRef<[u8]>) -> Hash {
    Sha256::digest(data).into()
}

/// Base64url without padding (RFC 4648, section 5): 43 characters for a digest.
pub(crate) fn base64url(data: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(data)
}

/// Decodes base64url without padding.
pub(crate) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Makes opaque 43-character identifiers that do not repeat.
#[derive(Debug)]
pub(crate) struct Opaque {
    seed: u64,
    next: AtomicU64,
}

impl Opaque {
    pub(crate) fn new() -> Self {
        Self { seed: RandomState::new().hash_one(0_u8), next: AtomicU64::new(1) }
    }

    /// The next identifier.
    pub(crate) fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        base64url(sha256(format!("authlete-simulator {} {number}", self.seed)))
    }

    /// An identifier that a purpose and a number always give, and nobody guesses.
    pub(crate) fn derived(&self, purpose: &str, number: i64) -> String {
        base64url(sha256(format!("authlete-simulator {} {purpose} {number}", self.seed)))
    }

    /// A word of so many letters of an alphabet, as hard to guess as its length allows.
    pub(crate) fn word(&self, alphabet: &[u8], length: usize) -> String {
        let mut word = String::new();
        while word.len() < length && !alphabet.is_empty() {
            let digest = sha256(self.next());
            let letters = digest.iter().filter_map(|byte| alphabet.get(usize::from(*byte) % alphabet.len()));
            word.extend(letters.take(length - word.len()).map(|letter| char::from(*letter)));
        }
        word
    }
}
