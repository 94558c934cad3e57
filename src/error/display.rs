//! Parts of the texts of errors.

use std::error::Error;
use std::fmt;

use super::context::ErrorContext;
use crate::models::errors::ResultError;

/// The field of the response's JSON in which the failure is.
pub(super) struct Within<'a>(pub(super) &'a ErrorContext);

impl fmt::Display for Within<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0.0.json_path {
            "" => Ok(()),
            path => write!(formatter, ", in {path}"),
        }
    }
}

/// The last state of a wait, if it has the form of a word of the API.
pub(super) struct LastState<'a>(pub(super) &'a ErrorContext);

impl fmt::Display for LastState<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// As long as the longest words of the API.
        const LONGEST: usize = 40;
        let is_word = |state: &&str| {
            state.len() <= LONGEST && state.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        };
        match self.0.0.last_state.as_deref() {
            None => Ok(()),
            Some(state) => match Some(state).filter(is_word) {
                Some(state) => write!(formatter, "; the last state was \"{state}\""),
                None => formatter.write_str("; the last state is no word of the API"),
            },
        }
    }
}

/// The response's status as a number.
pub(super) struct Status<'a>(pub(super) &'a ErrorContext);

impl fmt::Display for Status<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.0.http {
            Some(http) => write!(formatter, "{}", http.status.as_u16()),
            None => formatter.write_str("an error"),
        }
    }
}

/// The status, with the result code if that has the shape `A123456`.
pub(super) struct StatusAndCode<'a>(pub(super) &'a ErrorContext, pub(super) &'a ResultError);

impl fmt::Display for StatusAndCode<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Status(self.0).fmt(formatter)?;
        match self.1.printable_code() {
            Some(code) => write!(formatter, " with {code}"),
            None => Ok(()),
        }
    }
}

/// An error and its causes, each after a colon.
pub(super) struct SourceChain<'a>(pub(super) &'a (dyn Error + 'static));

impl fmt::Display for SourceChain<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
