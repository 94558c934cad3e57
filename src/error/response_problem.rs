//! What can be wrong with a response.

use snafu::Snafu;

use crate::json::JsonProblem;

/// What makes the body of a success unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Snafu)]
#[non_exhaustive]
pub enum ResponseProblem {
    /// It is longer than the limit (16 MiB unless set otherwise), or what it decodes to takes more than four times that.
    #[snafu(display("its body is over the size limit"))]
    TooLarge,
    /// It has a `Content-Type` other than the documented one, which is JSON for all operations but the health check.
    #[snafu(display("its content type is not the documented one"))]
    ContentType,
    /// It has a `Content-Encoding`, though none was asked for.
    #[snafu(display("it has a content encoding"))]
    ContentEncoding,
    /// It is not UTF-8 (RFC 8259 section 8.1), or starts with a byte order mark.
    #[snafu(display("its body is not UTF-8 without a byte order mark"))]
    Encoding,
    /// It is no JSON object, or nothing at all.
    #[snafu(display("its body is not a JSON object"))]
    NotAnObject,
    /// The JSON ends early, is malformed, or a value has the wrong type. [`json_path`](crate::AuthleteError::json_path) names it.
    #[snafu(display("its body has {} at line {line}, column {column}", kind.text()))]
    #[non_exhaustive]
    Json {
        /// Which of these.
        kind: JsonProblem,
        /// Where it was noticed, from 1.
        line: u32,
        /// The byte in that line, from 1.
        column: u32,
    },
}
