//! What can be wrong with a text.

use std::fmt;

/// Kinds of unusable JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonProblem {
    /// It is not JSON (RFC 8259).
    Syntax,
    /// It is JSON, but not of the documented shape: a string for a number, an integer that does not fit, a required member
    /// that is missing.
    Data,
    /// It ends before the value does.
    Eof,
    /// It is nested too deeply where it has to be kept as it is: more than 127 levels.
    Depth,
}

impl JsonProblem {
    /// What is wrong, after "has".
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Syntax => "malformed JSON",
            Self::Data => "a value of the wrong type",
            Self::Eof => "an early end",
            Self::Depth => "a value nested too deeply",
        }
    }
}

/// Why a text is not JSON, or not JSON of the shape asked for: the kind and the place, never a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JsonError {
    /// What is wrong.
    pub kind: JsonProblem,
    /// The line where it was noticed, from 1; 0 if that is not known.
    pub line: u32,
    /// The byte in that line, from 1; 0 if that is not known.
    pub column: u32,
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the text has {} at line {}, column {}", self.kind.text(), self.line, self.column)
    }
}

impl std::error::Error for JsonError {}

/// Why a text was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Json(JsonProblem),
    /// It would take more memory than is allowed.
    TooLarge,
    /// It would take more time than is left.
    Late,
}

/// Why and where a text was not read.
#[derive(Debug)]
pub(crate) struct Flaw {
    pub(crate) fault: Fault,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// The field in which it was noticed, such as `accessTokens[3].expiresAt`; empty for the whole.
    pub(crate) path: String,
}

impl Flaw {
    /// `at` is the byte where it was noticed.
    #[cold]
    pub(crate) fn new(fault: Fault, text: &str, at: usize, path: String) -> Self {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let line = before.iter().filter(|&&byte| byte == b'\n').count();
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count();
        let position = |number: usize| u32::try_from(number + 1).unwrap_or(u32::MAX);
        Self { fault, line: position(line), column: position(column), path }
    }
}
