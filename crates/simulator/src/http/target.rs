//! What requests are for.

use http::{Method, StatusCode};

use crate::operations::{Operation, is_well_encoded};

/// What a request's method and path stand for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    Operation(Operation),
    /// No operation: this status.
    Unknown(StatusCode),
}

impl Target {
    pub(super) fn operation(self) -> Option<Operation> {
        match self {
            Self::Operation(operation) => Some(operation),
            Self::Unknown(_) => None,
        }
    }

    /// What it is called in result messages.
    pub(super) fn label(self) -> &'static str {
        self.operation().map_or("/", Operation::label)
    }

    /// Corrects what the router lets pass: HEAD for GET, and escapes that are none.
    pub(super) fn refined(self, method: &Method, path: &str) -> Self {
        match self {
            Self::Operation(_) if !is_well_encoded(path) => Self::Unknown(StatusCode::NOT_FOUND),
            Self::Operation(operation) if operation.method() != method.as_str() => {
                Self::Unknown(StatusCode::METHOD_NOT_ALLOWED)
            }
            other => other,
        }
    }
}
