//! White space and quotes around a value, as they come along when it is copied from a page, a file or a shell.

use crate::error::InvalidValue;

/// What surrounds a value without being part of it.
#[derive(Clone, Copy)]
pub(crate) enum Untrimmed {
    WhiteSpace,
    Quotes,
}

impl Untrimmed {
    /// What surrounds this value, if anything does.
    pub(crate) fn find(value: &str) -> Option<Self> {
        if value.starts_with(is_blank) || value.ends_with(is_blank) {
            Some(Self::WhiteSpace)
        } else if value.starts_with(is_quote) || value.ends_with(is_quote) {
            Some(Self::Quotes)
        } else {
            None
        }
    }

    /// Rejects a value that is not trimmed.
    pub(crate) fn reject(what: &'static str, value: &str) -> Result<(), InvalidValue> {
        match Self::find(value) {
            None => Ok(()),
            Some(Self::WhiteSpace) => Err(InvalidValue::new(what, "has white space around it")),
            Some(Self::Quotes) => Err(InvalidValue::new(what, "has quotes around it")),
        }
    }
}

fn is_blank(letter: char) -> bool {
    // The last two are the byte order mark and the zero-width space.
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}')
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»')
}
