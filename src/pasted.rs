//! What comes along when a value is copied from a page, a file or a shell.

use crate::error::Rejected;

/// What stands around a value and is no part of it.
#[derive(Clone, Copy)]
pub(crate) enum Pasted {
    WhiteSpace,
    Quotes,
}

impl Pasted {
    /// What stands around this value, if anything does.
    pub(crate) fn around(value: &str) -> Option<Self> {
        if value.starts_with(is_blank) || value.ends_with(is_blank) {
            Some(Self::WhiteSpace)
        } else if value.starts_with(is_quote) || value.ends_with(is_quote) {
            Some(Self::Quotes)
        } else {
            None
        }
    }

    /// Refuses a value for what stands around it.
    pub(crate) fn refuse(what: &'static str, value: &str) -> Result<(), Rejected> {
        match Self::around(value) {
            None => Ok(()),
            Some(Self::WhiteSpace) => Err(Rejected::new(what, "has white space around it")),
            Some(Self::Quotes) => Err(Rejected::new(what, "has quotes around it")),
        }
    }
}

fn is_blank(letter: char) -> bool {
    // The last two are a byte order mark and a space without width.
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}')
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»')
}
