//! Reader and writer, with nothing around them.

use crate::json::{Flaw, Limits, read, write};
use crate::models::table::Value;

/// Reads with our reader alone.
pub(super) fn ours<T: Value>(text: &str) -> Result<T, Flaw> {
    let limits = Limits { memory: usize::MAX, is_late: &|| false };
    let mut value = T::blank();
    read(text, value.place(), &limits).map(|()| value)
}

pub(super) fn written<T: Value>(value: &T) -> String {
    let mut text = Vec::new();
    write(&mut text, value.fragment());
    String::from_utf8(text).expect("what is written is UTF-8")
}
