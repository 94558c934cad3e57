//! One request, from its arrival to its answer.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::extract::Request;
use bytes::Bytes;
use http::header::{DATE, Entry, HeaderName, HeaderValue, RETRY_AFTER};
use http::request::Parts;
use http::{Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::limits::TooMany;
use super::outages::Met;
use super::payload::{Ended, Payload};
use super::record::RecordedRequest;
use super::reply::{answer, gateway, spoil};
use super::shared::Shared;
use super::socket::Connection;
use super::target::Target;
use crate::clock::Clock;
use crate::lock::locked;
use crate::operations::{Answer, Refusal};
use crate::protocol::codes;

/// Records a request and answers it, unless something that goes wrong comes first.
pub(super) async fn exchange(
    shared: Arc<Shared>,
    target: Target,
    parameters: Vec<(String, String)>,
    request: Request,
) -> Response<Body> {
    let response = recorded(&shared, target, &parameters, request).await;
    if shared.outages.answered() {
        shared.heed_outages();
    }
    match response {
        Ok(mut response) => {
            if let Entry::Vacant(date) = response.headers_mut().entry(DATE) {
                date.insert(shown_date(shared.clock()));
            }
            response.map(Body::new)
        }
        Err(ended) => {
            let mut response = Response::default();
            response.extensions_mut().insert(ended);
            response
        }
    }
}

async fn recorded(
    shared: &Shared,
    target: Target,
    parameters: &[(String, String)],
    request: Request,
) -> Result<Response<Payload>, Ended> {
    let (head, body) = request.into_parts();
    let target = target.refined(&head.method, head.uri.path());
    let connection = head.extensions.get::<Arc<Connection>>().ok_or(Ended)?;
    let number = arrived(&head, target, connection, shared);

    let (most, keep) = shared.engine.with(|world| {
        let switches = &world.config.switches;
        (switches.max_body_bytes, switches.record_bodies)
    });
    let body = match Limited::new(body, most).collect().await {
        Ok(body) => Some(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => None,
        Err(_) => return Err(Ended),
    };
    if let Some(body) = &body {
        shared.record(number, |request| {
            request.body_length = Some(body.len());
            if keep {
                request.body = body.clone();
            }
        });
    }

    let response = match turned_away(target, connection, shared)? {
        Some(response) => response,
        None => carried_out(shared, target, &head, parameters, body, connection, number).await?,
    };
    shared.record(number, |request| request.status = Some(response.status().as_u16()));
    Ok(response)
}

/// What never gets as far as the operation: an outage, or a limit.
fn turned_away(
    target: Target,
    connection: &Connection,
    shared: &Shared,
) -> Result<Option<Response<Payload>>, Ended> {
    let (answer, retry_after) = match shared.outages.meet() {
        Some(Met::Refused) => {
            connection.end_with_reset();
            return Err(Ended);
        }
        Some(Met::Unavailable { retry_after }) => (gateway(StatusCode::SERVICE_UNAVAILABLE), retry_after),
        None => match shared.limits.pass(target.operation(), shared.clock().elapsed()) {
            Ok(()) => return Ok(None),
            Err(TooMany { retry_after }) => {
                let text = "there are too many requests.";
                let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, codes::TOO_MANY_REQUESTS, text);
                (Answer::refused(&refusal, target.label()), retry_after)
            }
        },
    };
    let headers: Vec<_> =
        retry_after.map(|value| (RETRY_AFTER.as_str().to_owned(), value)).into_iter().collect();
    Ok(Some(Payload::whole(answer.body).respond(answer.status, answer.content_type, &headers)))
}

/// Carries the operation out and answers, as the fault that applies has it.
async fn carried_out(
    shared: &Shared,
    target: Target,
    head: &Parts,
    parameters: &[(String, String)],
    body: Option<Bytes>,
    connection: &Connection,
    number: usize,
) -> Result<Response<Payload>, Ended> {
    let fault = shared.faults.take(target.operation(), head.uri.path());
    let (delay, processed) =
        fault.as_ref().map_or((Duration::ZERO, true), |fault| (fault.delay, fault.processed));
    wait(delay).await;
    let mut reached = false;
    let answer = if processed {
        let (answer, processed) = answer(target, head, parameters, body.as_deref(), shared);
        reached = processed;
        shared.record(number, |request| request.processed = processed);
        answer
    } else {
        let injected = Refusal::new(StatusCode::OK, codes::INJECTED, "an injected fault.");
        Answer::refused(&injected, target.label())
    };
    match fault {
        Some(fault) => {
            wait(fault.answer_delay).await;
            spoil(answer, fault, connection).await
        }
        None if reached && shared.loses_answer() => Err(Ended),
        None => Ok(Payload::whole(answer.body).respond(answer.status, answer.content_type, &[])),
    }
}

/// The time of the simulator's clock, for `Date`.
fn shown_date(clock: &Clock) -> HeaderValue {
    // A year of more than four digits has no form in HTTP.
    const LAST: Duration = Duration::from_secs(253_402_300_799);
    let now = Duration::from_millis(u64::try_from(clock.moment().now).unwrap_or_default());
    let text = httpdate::fmt_http_date(UNIX_EPOCH + now.min(LAST));
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
}

/// Waits; does not touch the runtime's clock when there is nothing to wait for.
async fn wait(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}

/// Puts the request into the ledger and returns its number.
fn arrived(head: &Parts, target: Target, connection: &Connection, shared: &Shared) -> usize {
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    locked(&shared.requests).push(RecordedRequest {
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
        operation: target.operation(),
        processed: false,
        status: None,
    })
}
