//! Spans and events. Numbers are signed, because OpenTelemetry has no other integers: exporters turn unsigned ones into text. Their fields are those of `tests/it/tracing/fields.txt`; none shows a secret, a URL, a header or a body.

use http::Uri;
use http::uri::Scheme;
use tracing::Span;
use tracing::field::Empty;

use crate::error::AuthleteError;
use crate::exchange::{Delivery, Operation};
use crate::observer::{Attempt, error_type};

/// A span for a call.
pub(super) fn call(operation: &'static Operation) -> Span {
    tracing::info_span!(
        target: "authlete",
        "authlete.call",
        "otel.name" = operation.id,
        "otel.kind" = "internal",
        "otel.status_code" = Empty,
        "authlete.operation" = operation.id,
        "authlete.delivery" = Empty,
        "error.type" = Empty,
    )
}

/// A call has failed.
pub(super) fn failed(span: &Span, error: &AuthleteError) {
    span.record("otel.status_code", "ERROR");
    span.record("error.type", error_type(error));
    span.record("authlete.delivery", word(error.delivery()));
}

/// A span for an attempt, which shows where it goes if that is given.
pub(super) fn attempt(operation: &'static Operation, number: u32, server: Option<&Uri>) -> Span {
    let span = tracing::info_span!(
        target: "authlete",
        "authlete.attempt",
        "otel.name" = %format_args!("{} {}", operation.method, operation.template),
        "otel.kind" = "client",
        "otel.status_code" = Empty,
        "http.request.method" = operation.method.as_str(),
        "http.request.resend_count" = resend_count(number),
        "http.response.status_code" = Empty,
        "url.template" = operation.template,
        "server.address" = Empty,
        "server.port" = Empty,
        "error.type" = Empty,
        "authlete.operation" = operation.id,
        "authlete.delivery" = Empty,
    );
    if let Some(server) = server {
        span.record("server.address", server.host());
        let usual = if server.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
        span.record("server.port", i64::from(server.port_u16().unwrap_or(usual)));
    }
    span
}

/// An attempt has ended.
pub(super) fn ended(span: &Span, attempt: &Attempt<'_>) {
    let status = attempt.status().map(|status| i64::from(status.as_u16()));
    let (error, delivery) = (attempt.error_type(), word(attempt.delivery()));
    span.record("otel.status_code", error.map(|_| "ERROR"));
    span.record("http.response.status_code", status);
    span.record("error.type", error);
    span.record("authlete.delivery", delivery);
    tracing::debug!(
        target: "authlete",
        parent: span,
        {
            "http.request.method" = attempt.method().as_str(),
            "http.request.resend_count" = resend_count(attempt.number()),
            "http.response.status_code" = status,
            "url.template" = attempt.url_template(),
            "error.type" = error,
            "authlete.operation" = attempt.operation(),
            "authlete.delivery" = delivery,
            "authlete.elapsed_ms" = i64::try_from(attempt.duration().as_millis()).unwrap_or(i64::MAX),
        },
        "attempt"
    );
}

/// A call was dropped. It is a warning if the request may have been sent and is unsafe to repeat.
pub(super) fn abandoned(span: &Span, operation: &'static Operation, delivery: Delivery, replayable: bool) {
    macro_rules! event {
        ($level:ident) => {
            tracing::$level!(
                target: "authlete",
                parent: span,
                {
                    "error.type" = "abandoned",
                    "authlete.operation" = operation.id,
                    "authlete.delivery" = word(delivery),
                },
                "abandoned"
            )
        };
    }
    span.record("otel.status_code", "ERROR");
    span.record("error.type", "abandoned");
    span.record("authlete.delivery", word(delivery));
    match delivery {
        Delivery::MaybeSent if !replayable => event!(warn),
        _ => event!(debug),
    }
}

/// How many times the request had been sent before; none for the first time.
fn resend_count(number: u32) -> Option<i64> {
    number.checked_sub(1).filter(|&count| count > 0).map(i64::from)
}

fn word(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::NotSent => "not_sent",
        Delivery::MaybeSent => "maybe_sent",
        Delivery::Answered => "answered",
    }
}
