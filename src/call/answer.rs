//! From a successful response to a typed value.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::decode;
use crate::delivery::Delivery;
use crate::error::{AuthleteError, ErrorContext, JsonProblem, ResponseProblem};
use crate::head::HttpMeta;
use crate::operation::Operation;
use crate::response::{ApiResult, Envelope};

/// A success whose body is complete and not yet looked at.
pub(crate) struct Answer {
    pub(super) operation: &'static Operation,
    pub(super) http: HttpMeta,
    pub(super) body: Bytes,
}

impl Answer {
    /// Decodes the JSON object that is documented for this operation.
    pub(crate) fn json<T: DeserializeOwned>(self) -> ApiResult<T> {
        let text = match object(&self.http.headers, &self.body) {
            Ok(text) => text,
            Err(problem) => return Err(self.unusable(problem)),
        };
        match decode::from_str(text) {
            Ok(value) => Ok(Envelope { value, http: self.http }),
            Err(error) => Err(self.unusable(json_problem(&error))),
        }
    }

    /// Expects nothing, as of a 204. A JSON object does no harm, but a page of a gateway is not the operation's answer.
    pub(crate) fn no_content(self) -> ApiResult<()> {
        if !self.body.is_empty()
            && let Err(problem) = object(&self.http.headers, &self.body)
        {
            return Err(self.unusable(problem));
        }
        Ok(Envelope { value: (), http: self.http })
    }

    /// The operation probably happened, but what it returned is lost.
    fn unusable(self, problem: ResponseProblem) -> AuthleteError {
        let attempts = self.http.attempts;
        let context = ErrorContext::new(Delivery::MaybeSent).response(self.http, self.body);
        let mut error = AuthleteError::ResponseValidation { problem, context };
        let context = error.context_mut();
        context.operation = Some(self.operation);
        context.attempts = attempts;
        error
    }
}

/// The text of a JSON object, as far as that can be told without parsing it.
fn object<'a>(headers: &HeaderMap, body: &'a Bytes) -> Result<&'a str, ResponseProblem> {
    check_representation(headers)?;
    if body.starts_with(b"\xef\xbb\xbf") {
        return Err(ResponseProblem::Encoding);
    }
    let text = std::str::from_utf8(body).map_err(|_| ResponseProblem::Encoding)?;
    if text.trim_ascii_start().starts_with('{') { Ok(text) } else { Err(ResponseProblem::NotAnObject) }
}

/// Whether the headers promise plain JSON. No `Content-Type` at all is no promise broken.
fn check_representation(headers: &HeaderMap) -> Result<(), ResponseProblem> {
    if headers
        .get(CONTENT_ENCODING)
        .is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return Err(ResponseProblem::ContentEncoding);
    }
    let Some(media_type) = headers.get(CONTENT_TYPE) else {
        return Ok(());
    };
    let media_type = media_type.as_bytes();
    let end = media_type.iter().position(|&byte| byte == b';').unwrap_or(media_type.len());
    let media_type = media_type.get(..end).unwrap_or_default().trim_ascii();
    let suffix = media_type.len().checked_sub(5).and_then(|start| media_type.get(start..));
    if media_type.eq_ignore_ascii_case(b"application/json")
        || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case(b"+json"))
    {
        Ok(())
    } else {
        Err(ResponseProblem::ContentType)
    }
}

/// What of serde's error can be told: its text repeats values of the response.
fn json_problem(error: &serde_json::Error) -> ResponseProblem {
    let kind = match error.classify() {
        Category::Data => JsonProblem::Data,
        Category::Eof => JsonProblem::Eof,
        Category::Syntax | Category::Io => JsonProblem::Syntax,
    };
    let position = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ResponseProblem::Json { kind, line: position(error.line()), column: position(error.column()) }
}
