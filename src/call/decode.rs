//! From a successful response to a typed value.

use std::mem::ManuallyDrop;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::call::envelope::{ApiResult, Envelope};
use crate::error::{AuthleteError, ErrorContext, ResponseProblem, TimeoutPhase};
use crate::exchange::{Delivery, HttpMeta, Operation};
use crate::json::{self, Fault, Limits};
use crate::models::schema::Schema;
use crate::models::table::{FieldsMut, Model, Place, UNKNOWN, Value};

/// A success whose body is complete and not yet looked at.
pub(crate) struct Undecoded {
    pub(super) operation: &'static Operation,
    /// Whether a second request has no second effect.
    pub(super) replayable: bool,
    pub(super) http: HttpMeta,
    pub(super) body: Bytes,
    /// The limit on the body's length, from which decoding has its limit on memory.
    pub(super) limit: usize,
    /// The call's deadline.
    pub(super) deadline: Instant,
    /// The call's span, which ends after decoding.
    #[cfg(feature = "tracing")]
    pub(super) span: tracing::Span,
}

/// What a call has come to: a success that is still to be decoded, or an error.
pub(crate) struct Outcome(pub(super) Result<Undecoded, AuthleteError>);

impl Outcome {
    /// Decodes the JSON object that is documented for this operation.
    pub(crate) fn json<T: Model>(self) -> ApiResult<T> {
        // It is not dropped here: the code that drops a model is large, and would be linked a second time for this alone. That saves
        // some 270 bytes a function in a small binary, for 0.6 % more instructions.
        let mut envelope = ManuallyDrop::new(Envelope { value: T::blank(), http: HttpMeta::blank() });
        let Envelope { value, http } = &mut *envelope;
        self.read_model(T::SCHEMA, &mut &mut *value, http)?;
        Ok(ManuallyDrop::into_inner(envelope))
    }

    /// Decodes a JSON object that is no model.
    pub(crate) fn any_json<T: Value>(self) -> ApiResult<T> {
        let mut envelope = Envelope { value: T::blank(), http: HttpMeta::blank() };
        self.read(envelope.value.place(), &mut envelope.http)?;
        Ok(envelope)
    }

    /// Decodes the JSON object, or takes a 204 for one without members.
    pub(crate) fn json_or_default<T: Model + Default>(self) -> ApiResult<T> {
        match self.0 {
            Ok(answer) if answer.http.status == StatusCode::NO_CONTENT && answer.body.is_empty() => {
                Ok(Envelope { value: T::default(), http: answer.http })
            }
            result => Self(result).json(),
        }
    }

    /// Expects text, which may be JSON.
    pub(crate) fn text(self) -> ApiResult<String> {
        let answer = self.0?;
        let is_text =
            |media_type: &[u8]| media_type.eq_ignore_ascii_case(b"text/plain") || is_json(media_type);
        let text = check_representation(&answer.http.headers, is_text)
            .and_then(|()| std::str::from_utf8(&answer.body).map_err(|_| ResponseProblem::Encoding));
        match text {
            Ok(text) => Ok(Envelope { value: text.to_owned(), http: answer.http }),
            Err(problem) => Err(answer.unusable(problem, String::new())),
        }
    }

    /// Expects nothing, as of a 204. A JSON object does no harm, but a page of a gateway is not the operation's answer.
    pub(crate) fn no_content(self) -> ApiResult<()> {
        let answer = self.0?;
        if !answer.body.is_empty()
            && let Err(problem) = object(&answer.http.headers, &answer.body)
        {
            return Err(answer.unusable(problem, String::new()));
        }
        Ok(Envelope { value: (), http: answer.http })
    }

    /// Decodes into a model, which after an error owns nothing.
    #[inline(never)]
    fn read_model(
        self,
        schema: Schema,
        model: &mut dyn FieldsMut,
        http: &mut HttpMeta,
    ) -> Result<(), AuthleteError> {
        self.read(Place::Object(schema, &mut *model), http).inspect_err(|_| empty(model))
    }

    /// Decodes into a place. Not generic, so it is compiled once.
    #[inline(never)]
    fn read(self, place: Place<'_>, http: &mut HttpMeta) -> Result<(), AuthleteError> {
        *http = self.0?.read(place)?;
        Ok(())
    }
}

/// Empties a model, field by field.
fn empty(model: &mut dyn FieldsMut) {
    for index in 0..UNKNOWN + 1 {
        model.clear(index);
    }
}

impl Undecoded {
    fn read(self, place: Place<'_>) -> Result<HttpMeta, AuthleteError> {
        let text = match object(&self.http.headers, &self.body) {
            Ok(text) => text,
            Err(problem) => return Err(self.unusable(problem, String::new())),
        };
        let Err(flaw) = json::read(text, place, &limits(self.limit, &|| Instant::now() >= self.deadline))
        else {
            return Ok(self.http);
        };
        let problem = match flaw.fault {
            Fault::Late => return Err(self.late()),
            Fault::TooLarge => ResponseProblem::TooLarge,
            Fault::Json(kind) => ResponseProblem::Json { kind, line: flaw.line, column: flaw.column },
        };
        Err(self.unusable(problem, flaw.path))
    }

    /// The body cannot be used. The operation was probably carried out.
    fn unusable(self, problem: ResponseProblem, path: String) -> AuthleteError {
        self.failed(|context| AuthleteError::ResponseValidation { problem, context: context.json_path(path) })
    }

    /// The deadline passed while decoding.
    fn late(self) -> AuthleteError {
        self.failed(|context| AuthleteError::RequestTimeout { phase: TimeoutPhase::Call, context })
    }

    fn failed(self, error: impl FnOnce(ErrorContext) -> AuthleteError) -> AuthleteError {
        let attempts = self.http.attempts;
        let context = ErrorContext::new(Delivery::MaybeSent).response(self.http, self.body);
        let context = context.replayable(self.replayable);
        let error = error(context.of(self.operation, attempts));
        #[cfg(feature = "tracing")]
        super::trace::failed(&self.span, &error);
        error
    }
}

/// Limits for decoding a body of at most so many bytes.
pub(super) fn limits<'a>(body: usize, is_late: &'a dyn Fn() -> bool) -> Limits<'a> {
    Limits { memory: body.saturating_mul(4).saturating_add(64 << 10), is_late }
}

/// The body as text, if it looks like a JSON object: media type, encoding and first byte.
fn object<'a>(headers: &HeaderMap, body: &'a Bytes) -> Result<&'a str, ResponseProblem> {
    check_representation(headers, is_json)?;
    if body.starts_with(b"\xef\xbb\xbf") {
        return Err(ResponseProblem::Encoding);
    }
    let text = std::str::from_utf8(body).map_err(|_| ResponseProblem::Encoding)?;
    if text.trim_ascii_start().starts_with('{') { Ok(text) } else { Err(ResponseProblem::NotAnObject) }
}

/// Checks that the body is of the expected media type and not compressed. A missing `Content-Type` is accepted.
fn check_representation(headers: &HeaderMap, is_meant: fn(&[u8]) -> bool) -> Result<(), ResponseProblem> {
    if headers
        .get(&CONTENT_ENCODING)
        .is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return Err(ResponseProblem::ContentEncoding);
    }
    let Some(media_type) = headers.get(&CONTENT_TYPE) else {
        return Ok(());
    };
    let media_type = media_type.as_bytes();
    let end = media_type.iter().position(|&byte| byte == b';').unwrap_or(media_type.len());
    let media_type = media_type.get(..end).unwrap_or_default().trim_ascii();
    if is_meant(media_type) { Ok(()) } else { Err(ResponseProblem::ContentType) }
}

fn is_json(media_type: &[u8]) -> bool {
    let suffix = media_type.len().checked_sub(5).and_then(|start| media_type.get(start..));
    media_type.eq_ignore_ascii_case(b"application/json")
        || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case(b"+json"))
}
