//! One request, from its arrival to its answer.

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::admission::admit;
use super::faults::{Effect, Fault};
use super::payload::{Ended, Ending, Payload};
use super::record::RecordedRequest;
use super::shared::Shared;
use super::socket::Connection;
use crate::lock::locked;
use crate::operations::{Answer, Call, JSON, Operation, Refusal, is_well_encoded};
use crate::protocol::codes;

/// What a request's method and path stand for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    Operation(Operation),
    /// No operation: this status.
    Unknown(StatusCode),
}

impl Target {
    fn operation(self) -> Option<Operation> {
        match self {
            Self::Operation(operation) => Some(operation),
            Self::Unknown(_) => None,
        }
    }

    /// Corrects what the router lets pass: HEAD for GET, and escapes that are none.
    fn refined(self, method: &Method, path: &str) -> Self {
        match self {
            Self::Operation(_) if !is_well_encoded(path) => Self::Unknown(StatusCode::NOT_FOUND),
            Self::Operation(operation) if operation.method() != *method => {
                Self::Unknown(StatusCode::METHOD_NOT_ALLOWED)
            }
            other => other,
        }
    }
}

/// Records a request, lets faults have their way with it, and answers.
pub(super) async fn exchange(
    shared: Arc<Shared>,
    target: Target,
    parameters: Vec<(String, String)>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let target = target.refined(&head.method, path);
    let Some(connection) = head.extensions.get::<Arc<Connection>>() else {
        return ended();
    };
    let index = arrived(&head, target.operation(), connection, &shared);

    let (most, keep) = shared.engine.with(|world| {
        let switches = &world.config.switches;
        (switches.max_body_bytes, switches.record_bodies)
    });
    let body = match Limited::new(body, most).collect().await {
        Ok(body) => Some(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => None,
        Err(_) => return ended(),
    };
    if let Some(body) = &body {
        shared.record(index, |request| {
            request.body_length = Some(body.len());
            if keep {
                request.body = body.clone();
            }
        });
    }

    let fault = shared.faults.take(target.operation(), path);
    if let Some(fault) = &fault {
        wait(fault.delay).await;
    }
    let answer = if fault.as_ref().is_none_or(|fault| fault.processed) {
        let (answer, processed) = answer(target, &head, &parameters, body.as_deref(), &shared);
        shared.record(index, |request| request.processed = processed);
        answer
    } else {
        let injected = Refusal::new(StatusCode::OK, codes::INJECTED, "an injected fault.");
        Answer::refused(&injected, label(target))
    };

    let response = match fault {
        Some(fault) => {
            wait(fault.answer_delay).await;
            match spoil(answer, fault, connection).await {
                Ok(response) => response,
                Err(Ended) => return ended(),
            }
        }
        None => Payload::whole(answer.body).respond(answer.status, answer.content_type, &[]),
    };
    shared.record(index, |request| request.status = Some(response.status().as_u16()));
    response.map(Body::new)
}

/// A response that stands for the end of the connection.
fn ended() -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(Ended);
    response
}

/// Waits; does not touch the runtime's clock when there is nothing to wait for.
async fn wait(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}

/// Puts the request into the ledger.
fn arrived(head: &Parts, operation: Option<Operation>, connection: &Connection, shared: &Shared) -> usize {
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut requests = locked(&shared.requests);
    requests.push(RecordedRequest {
        connection: connection.number as u64,
        peer: connection.peer,
        at: Instant::now(),
        time: SystemTime::now(),
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers.iter().map(header).collect(),
        body: Bytes::new(),
        body_length: None,
        operation,
        processed: false,
        status: None,
    });
    requests.len() - 1
}

/// Answers what was asked, and says whether the request reached an operation.
fn answer(
    target: Target,
    head: &Parts,
    parameters: &[(String, String)],
    body: Option<&[u8]>,
    shared: &Shared,
) -> (Answer, bool) {
    let Some(body) = body else {
        let text = "the body is too large.";
        let refusal = Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, codes::BODY_TOO_LARGE, text);
        return (Answer::refused(&refusal, label(target)), false);
    };
    let operation = match target {
        Target::Operation(operation) => operation,
        Target::Unknown(status) => return (gateway(status), false),
    };
    let named = |wanted| parameters.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value);
    match admit(&head.headers, named("serviceId"), shared) {
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
            (operation.answer(&call), true)
        }
        Err(refusal) => (Answer::refused(&refusal, operation.label()), false),
    }
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

fn label(target: Target) -> &'static str {
    target.operation().map_or("/", Operation::label)
}

/// The answer of what stands before Authlete.
fn gateway(status: StatusCode) -> Answer {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n");
    Answer { status, content_type: "text/html", body: body.into() }
}

/// Applies a fault to an answer.
async fn spoil(
    answer: Answer,
    fault: Fault,
    connection: &Connection,
) -> Result<http::Response<Payload>, Ended> {
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
            let body = fault.body.unwrap_or_else(|| {
                let text = format!("[{}] An injected fault answered.", codes::INJECTED);
                let result = serde_json::json!({"resultCode": codes::INJECTED, "resultMessage": text});
                result.to_string().into()
            });
            return Ok(Payload::whole(body).respond(status, JSON, &fault.headers));
        }
        Effect::Body => {
            let content_type = fault.content_type.as_deref().unwrap_or(JSON);
            let payload = Payload::whole(fault.body.unwrap_or_default());
            return Ok(payload.respond(status, content_type, &fault.headers));
        }
        Effect::Truncate => Payload::half(body, Ending::Close),
        Effect::Stall => Payload::half(body, Ending::Silence),
        Effect::None | Effect::ResetOnAccept => Payload::whole(body),
    };
    Ok(payload.respond(status, content_type, &fault.headers))
}
