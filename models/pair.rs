use std::fmt;

use serde::{Deserialize, Serialize};

/// A key and its value.
///
/// Its `Debug` shows the key alone: the value may be a header that carries a token.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Pair {
    /// The key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

model!(Pair { ; key: String, value: String });

impl fmt::Debug for Pair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pair").field("key", &self.key).finish_non_exhaustive()
    }
}
