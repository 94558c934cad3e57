//! What all open enums share: their wire values as one text, written at compile time and searched at run time.

use super::schema::entries;

/// The payload of an enum's `Unrecognized` variant: a wire value this version of the crate does not know.
///
/// It can be read, compared and sent back, but only made through the enum's `From<&str>`, so that a known value never
/// hides in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unrecognized(Box<str>);

impl Unrecognized {
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value as it was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The index of the value with this text; one past all others for any other text.
pub(crate) fn index(texts: &'static [u8], value: &str) -> usize {
    entries(texts).find(|(_, text)| *text == value.as_bytes()).map_or(usize::MAX, |(index, _)| index)
}

/// The first text of the value with this index, which is the one to be written.
pub(crate) fn text(texts: &'static [u8], index: usize) -> &'static str {
    let text = entries(texts).find(|(found, _)| *found == index);
    text.and_then(|(_, text)| std::str::from_utf8(text).ok()).unwrap_or_default()
}

/// How long [`texts`] will be.
#[allow(clippy::indexing_slicing, reason = "it is evaluated at compile time")]
pub(crate) const fn length(values: &[(usize, &str)]) -> usize {
    let mut length = 0;
    let mut number = 0;
    while number < values.len() {
        length += 2 + values[number].1.len();
        number += 1;
    }
    length
}

/// These texts, each behind two bytes, its index and its length.
#[allow(clippy::indexing_slicing, reason = "it is evaluated at compile time")]
pub(crate) const fn texts<const LENGTH: usize>(values: &[(usize, &str)]) -> [u8; LENGTH] {
    let mut texts = [0; LENGTH];
    let mut end = 0;
    let mut number = 0;
    while number < values.len() {
        let (index, text) = values[number];
        assert!(index < 256 && text.len() < 256);
        texts[end] = index as u8;
        texts[end + 1] = text.len() as u8;
        end += 2;
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            texts[end] = text[at];
            end += 1;
            at += 1;
        }
        number += 1;
    }
    texts
}
