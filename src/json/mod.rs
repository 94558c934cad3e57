//! JSON text (RFC 8259), from and to the tables of models.
//!
//! Everything here is compiled once, whatever the number of models. Nothing recurses deeper than the models do, nothing is
//! allocated for what is not kept, and no error has a value in it.

mod fault;
mod members;
#[cfg(any(test, fuzzing))]
pub(crate) mod proof;
mod raw;
mod read;
mod scan;
mod write;

pub(crate) use self::fault::{Fault, Flaw};
pub use self::fault::{JsonError, JsonProblem};
pub(crate) use self::members::members;
pub(crate) use self::read::{read, skim};
pub(crate) use self::scan::Limits;
pub(crate) use self::write::{end, object, write};

/// How many bytes from the start stand for themselves within a JSON string.
fn plain(text: &[u8]) -> usize {
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let (words, _) = text.as_chunks();
    let mut length = 0;
    for &word in words {
        let word = u64::from_le_bytes(word);
        // A subtraction marks each byte that is too small for it. Above the first mark there may be false ones; in a byte
        // of a longer character there is none. The bit 2 takes the quote next to the control characters.
        let control_or_quote = (word ^ all(2)).wrapping_sub(all(0x21));
        let backslash = (word ^ all(b'\\')).wrapping_sub(all(1));
        let marks = (control_or_quote | backslash) & !word & all(0x80);
        if marks != 0 {
            return length + (marks.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    let rest = text.get(length..).unwrap_or_default();
    length + rest.iter().position(|byte| matches!(byte, ..0x20 | b'"' | b'\\')).unwrap_or(rest.len())
}
