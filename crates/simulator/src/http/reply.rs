//! Answers, whole or spoilt.

use std::sync::Arc;

use std::future::pending;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};
use serde_json::{Map, Value};

use super::admission::admit;
use super::faults::{Effect, Fault};
use super::payload::{BodyEnd, Ended, Payload};
use super::shared::Shared;
use super::socket::Connection;
use super::target::Target;
use crate::operations::{Answer, Call, JSON, Refusal};
use crate::protocol::codes;

/// Answers what was asked, and says whether the request reached an operation.
pub(super) fn answer(
    target: Target,
    head: &Parts,
    parameters: &[(String, String)],
    body: Option<&[u8]>,
    shared: &Shared,
) -> (Answer, bool) {
    let Some(body) = body else {
        let text = "the body is too large.";
        let refusal = Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, codes::BODY_TOO_LARGE, text);
        return (Answer::refused(&refusal, target.label()), false);
    };
    let operation = match target {
        Target::Operation(operation) => operation,
        Target::Unknown(status) => return (gateway(status), false),
    };
    let named = |wanted| parameters.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value);
    let service = operation.is_of_service().then(|| named("serviceId"));
    let admitted =
        if operation.is_public() { Ok(Arc::default()) } else { admit(&head.headers, service, shared) };
    match admitted {
        Ok(service_id) => {
            let call = Call {
                engine: &shared.engine,
                service_id,
                label: operation.label(),
                parameters,
                query: head.uri.query().unwrap_or_default(),
                content_type: content_type(&head.headers),
                body,
            };
            (operation.answer(&call), operation.is_played())
        }
        Err(refusal) => (Answer::refused(&refusal, operation.label()), false),
    }
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

/// The answer of what stands before Authlete.
pub(super) fn gateway(status: StatusCode) -> Answer {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n");
    Answer { status, content_type: "text/html", body: body.into() }
}

/// The JSON result of a fault that answers.
fn injected(mut members: Map<String, Value>) -> Bytes {
    let code = members.entry("resultCode").or_insert_with(|| codes::INJECTED.into());
    let text = format!("[{}] An injected fault answered.", code.as_str().unwrap_or(codes::INJECTED));
    members.entry("resultMessage").or_insert_with(|| text.into());
    Value::Object(members).to_string().into()
}

/// Applies a fault to an answer.
pub(super) async fn spoil(
    answer: Answer,
    fault: Fault,
    connection: &Connection,
) -> Result<Response<Payload>, Ended> {
    let Answer { status, content_type, body } = answer;
    let payload = match fault.effect {
        Effect::End { reset } => {
            if reset {
                connection.end_with_reset();
            }
            return Err(Ended);
        }
        Effect::Hang => return pending().await,
        Effect::Answer => {
            let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = fault.body.unwrap_or_else(|| injected(fault.members));
            return Ok(Payload::whole(body).respond(status, JSON, &fault.headers));
        }
        Effect::Body => {
            let content_type = fault.content_type.as_deref().unwrap_or(JSON);
            let payload = Payload::whole(fault.body.unwrap_or_default());
            return Ok(payload.respond(status, content_type, &fault.headers));
        }
        Effect::Truncate => Payload::half(body, BodyEnd::Close),
        Effect::Stall => Payload::half(body, BodyEnd::Silence),
        Effect::None | Effect::ResetOnAccept => Payload::whole(body),
    };
    Ok(payload.respond(status, content_type, &fault.headers))
}
