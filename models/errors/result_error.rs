use std::fmt;

use crate::models::ServerText;

model! {
    /// The JSON object that comes with an error status.
    ///
    /// Its `Debug` shows a code only if it has the shape of one: a proxy may put anything there.
    pub struct ResultError {
        /// Authlete's code for the outcome, such as `A001202`.
        result_code: String,
        /// The outcome in words.
        result_message: ServerText,
    }
    own debug
}

impl ResultError {
    /// The code, if it has the shape of one, so that nothing else can pass for it in a log.
    pub(crate) fn printable_code(&self) -> Option<&str> {
        let code = self.result_code.as_deref()?;
        let number = code.strip_prefix('A')?;
        (number.len() == 6 && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
    }
}

impl fmt::Debug for ResultError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResultError")
            .field("result_code", &self.printable_code())
            .field("result_message", &self.result_message)
            .finish()
    }
}
