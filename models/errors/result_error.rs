use std::fmt;

use serde::{Deserialize, Serialize};

use crate::models::ServerText;

/// The JSON object that comes with an error status.
///
/// Its `Debug` shows a code only if it has the shape of one: a proxy may put anything there.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResultError {
    /// Authlete's code for the outcome, such as `A001202`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_code: Option<String>,
    /// The outcome in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_message: Option<ServerText>,
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
