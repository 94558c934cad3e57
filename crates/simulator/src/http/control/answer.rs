//! What the control path answers, and how it says what is wrong.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::Serialize;

use crate::json::Misread;

/// A JSON document, 200.
pub(super) struct Shown(Vec<u8>);

impl Shown {
    pub(super) fn new(document: &impl Serialize) -> Self {
        let mut text = serde_json::to_vec(document).unwrap_or_default();
        text.push(b'\n');
        Self(text)
    }
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// Why nothing was done: a status, words, and the member they are about.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    #[serde(skip)]
    status: StatusCode,
    error: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    member: String,
}

impl Problem {
    pub(super) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), member: String::new() }
    }

    /// 404
    pub(super) fn not_found(error: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, error)
    }

    /// The same, about a member.
    pub(super) fn at(mut self, member: &str) -> Self {
        self.member = member.to_owned();
        self
    }
}

impl From<Misread> for Problem {
    fn from(misread: Misread) -> Self {
        Self::new(StatusCode::BAD_REQUEST, misread.to_string()).at(misread.member())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Shown::new(&self)).into_response()
    }
}
