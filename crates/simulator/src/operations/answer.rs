//! What an operation answers.

use std::borrow::Cow;

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::protocol::codes::Code;
use crate::protocol::item::Violation;

/// The content type of every JSON answer.
pub(crate) const JSON: &str = "application/json;charset=UTF-8";

/// An answer, before any fault spoils it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
}

impl Answer {
    /// A document.
    pub(crate) fn ok(members: Map<String, Value>) -> Self {
        Self::json(StatusCode::OK, &Value::Object(members))
    }

    /// A document with an action, in Authlete's usual shape.
    pub(crate) fn outcome(
        nulls: bool,
        (action, code, text): (&str, Code, &str),
        label: &str,
        object: Value,
    ) -> Self {
        let mut answer = members(nulls, object);
        answer.insert("resultCode".to_owned(), code.into());
        answer.insert("resultMessage".to_owned(), message(code, label, text).into());
        answer.insert("action".to_owned(), action.into());
        Self::ok(answer)
    }

    /// A document of any kind, indented if it is for people to read.
    pub(crate) fn document(document: &Value, pretty: bool) -> Self {
        let text = if pretty { format!("{document:#}") } else { document.to_string() };
        Self { status: StatusCode::OK, content_type: JSON, body: text.into() }
    }

    /// Success without a body.
    pub(crate) fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, content_type: JSON, body: Bytes::new() }
    }

    /// A refusal, with the name of what refused.
    pub(crate) fn refused(refusal: &Refusal, label: &str) -> Self {
        let body = json!({
            "resultCode": refusal.code,
            "resultMessage": message(refusal.code, label, &refusal.text),
        });
        Self::json(refusal.status, &body)
    }

    fn json(status: StatusCode, body: &Value) -> Self {
        Self { status, content_type: JSON, body: body.to_string().into() }
    }
}

/// Why an operation did not do what was asked: a result code and what happened, without any value of
/// the request.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: Code,
    pub(crate) text: Cow<'static, str>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: Code, text: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, text: text.into() }
    }

    /// 400
    pub(crate) fn bad_request(code: Code, text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, text)
    }

    /// 404
    pub(crate) fn not_found(code: Code, text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, text)
    }

    /// A rule that the item of a batch breaks.
    pub(crate) fn item(position: usize, violation: Violation) -> Self {
        Self::bad_request(violation.code, format!("item {position}: {}", violation.text))
    }
}

/// A result message in Authlete's usual shape.
pub(crate) fn message(code: Code, label: &str, text: &str) -> String {
    format!("[{code}] {label}, {text}")
}

/// The members of an object: one without a value is left out, unless `nulls` says to show it.
pub(crate) fn members(nulls: bool, object: Value) -> Map<String, Value> {
    let mut members = match object {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    members.retain(|_, value| nulls || !value.is_null());
    members
}
