//! JSON text (RFC 8259), from and to the tables of models.
//!
//! Everything here is compiled once, whatever the number of models. Nothing recurses deeper than the models do, nothing is
//! allocated for what is not kept, and no error has a value in it.

mod fault;
mod raw;
mod read;
mod scan;
mod write;

pub(crate) use self::fault::{Fault, Flaw};
pub use self::fault::{JsonError, JsonProblem};
pub(crate) use self::read::{read, skim};
pub(crate) use self::scan::Limits;
pub(crate) use self::write::{end, object, write};

/// How many bytes from the start stand for themselves within a JSON string.
fn plain(text: &[u8]) -> usize {
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    /// A mark at each byte that is zero; above the first one there may be false marks.
    const fn zeros(word: u64) -> u64 {
        word.wrapping_sub(all(1)) & !word & all(0x80)
    }
    let (words, _) = text.as_chunks();
    let mut length = 0;
    for &word in words {
        let word = u64::from_le_bytes(word);
        let control = word.wrapping_sub(all(0x20)) & !word & all(0x80);
        let marks = control | zeros(word ^ all(b'"')) | zeros(word ^ all(b'\\'));
        if marks != 0 {
            return length + (marks.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    let rest = text.get(length..).unwrap_or_default();
    length + rest.iter().position(|byte| matches!(byte, ..0x20 | b'"' | b'\\')).unwrap_or(rest.len())
}
