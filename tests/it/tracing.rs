//! The spans and events of the feature `tracing`: what they are, where they hang, and that nothing secret is in them.

mod export;
mod recorder;

use std::collections::BTreeSet;
use std::future::pending;
use std::pin::Pin;
use std::task::{Context, Poll};

use authlete::transport::{ResponseBody, TransportError};
use authlete::{Delivery, RequestOptions};
use bytes::Bytes;
use http::Response;
use http_body::{Body, Frame};
use tokio::sync::mpsc;

use self::recorder::{Kind, Record, Recorder};
use crate::fake::{Fake, attempts, batch_status, broken, create, fine, ok, status};
use crate::faults::trial;
use crate::support::{BEARER, RawServer, SERVER_SECRET, TOKEN, core, read_request};

/// Calls that have everything there is to tell, and what is told of them.
async fn everything(server_address: bool) -> Vec<Record> {
    let recorder = Recorder::default();
    let guard = recorder.install();
    let fake = Fake::new(|number| match number {
        0 => broken(),
        1 => status(503),
        2 => fine(),
        _ => ok(SERVER_SECRET),
    });
    let core = fake.core().retries(attempts(3)).header("x-key", SERVER_SECRET);
    let core = core.trace_server_address(server_address).build().unwrap();
    batch_status(&core, None).await.unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::MaybeSent);

    let (begun, mut told) = mpsc::unbounded_channel();
    let hanging = Fake::with(move |_| {
        begun.send(()).unwrap();
        Box::pin(pending())
    });
    let core = hanging.core().build().unwrap();
    tokio::select! {
        biased;
        _ = told.recv() => {}
        _ = create(&core, None) => unreachable!(),
    }
    drop(guard);
    recorder.ours()
}

fn only<'a>(records: &'a [Record], kind: Kind, name: &str) -> Vec<&'a Record> {
    records.iter().filter(|record| record.kind == kind && record.name == name).collect()
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_a_client_span_within_that_of_its_call() {
    let records = everything(false).await;
    let calls = only(&records, Kind::Span, "authlete.call");
    let spans = only(&records, Kind::Span, "authlete.attempt");
    let parents: Vec<_> = spans.iter().map(|span| span.parent).collect();
    let ids: Vec<_> = calls.iter().map(|call| Some(call.id)).collect();
    assert_eq!(parents, [ids[0], ids[0], ids[0], ids[1], ids[2]]);

    let first = spans[0];
    first.assert("otel.kind", "client");
    first.assert("otel.name", "GET /api/{serviceId}/auth/token/create/batch/status/{tokenBatchRequestId}");
    first.assert("http.request.method", "GET");
    first.assert("url.template", "/api/{serviceId}/auth/token/create/batch/status/{tokenBatchRequestId}");
    first.assert("authlete.operation", "auth_token_create_batch_status_api");
    first.assert("error.type", "connection");
    first.assert("otel.status_code", "ERROR");
    first.assert("authlete.delivery", "maybe_sent");
    first.assert_none("http.response.status_code");
    first.assert_none("http.request.resend_count");

    spans[1].assert("http.request.resend_count", "1");
    spans[1].assert("http.response.status_code", "503");
    spans[1].assert("error.type", "503");
    spans[1].assert("authlete.delivery", "answered");

    spans[2].assert("http.request.resend_count", "2");
    spans[2].assert("http.response.status_code", "200");
    spans[2].assert("authlete.delivery", "answered");
    spans[2].assert_none("error.type");
    spans[2].assert_none("otel.status_code");

    calls[0].assert("authlete.operation", "auth_token_create_batch_status_api");
    calls[0].assert("otel.kind", "internal");
    calls[0].assert_none("error.type");
    // The attempt was a success, but its body cannot be decoded.
    spans[3].assert_none("error.type");
    calls[1].assert("error.type", "response_validation");
    calls[1].assert("authlete.delivery", "maybe_sent");
    calls[2].assert("error.type", "abandoned");

    let events = only(&records, Kind::Event, "attempt");
    let of: Vec<_> = events.iter().map(|event| event.parent).collect();
    assert_eq!(of, spans.iter().map(|span| Some(span.id)).collect::<Vec<_>>());
    events[1].assert("http.response.status_code", "503");
    events[1].assert("authlete.delivery", "answered");
}

#[tokio::test(start_paused = true)]
async fn nothing_secret_is_in_them_and_no_address_unasked() {
    for asked in [false, true] {
        let records = everything(asked).await;
        let spans = only(&records, Kind::Span, "authlete.attempt");
        if asked {
            spans[0].assert("server.address", "us.authlete.com");
            spans[0].assert("server.port", "443");
        }
        for record in &records {
            for (name, value) in &record.values {
                for secret in [BEARER, TOKEN, SERVER_SECRET, "1234567890", "r-1", "://", "us.authlete.com"] {
                    let may = asked && name == "server.address";
                    assert!(may || !value.contains(secret), "{secret} shows in {name}={value}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_fields_are_those_of_the_list() {
    let listed: BTreeSet<_> =
        include_str!("tracing/fields.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let records = everything(true).await;
    let shown: BTreeSet<_> = records
        .iter()
        .flat_map(|record| {
            let kind = if record.kind == Kind::Span { "span" } else { "event" };
            record.fields.iter().map(move |field| format!("{kind} {} {field}", record.name))
        })
        .collect();
    assert_eq!(shown.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
}

/// The one event that tells of the dropped call.
fn abandoned(recorder: &Recorder) -> Record {
    let records = recorder.ours();
    let events = only(&records, Kind::Event, "abandoned");
    assert_eq!(events.len(), 1, "{records:?}");
    events[0].clone()
}

#[tokio::test]
async fn a_batch_dropped_after_the_server_has_read_it_leaves_a_warning() {
    let (read, mut told) = mpsc::unbounded_channel();
    let server = RawServer::start(move |mut stream, _| {
        let read = read.clone();
        async move {
            if let Some(request) = read_request(&mut stream).await {
                read.send(request).unwrap();
                pending::<()>().await;
            }
        }
    })
    .await;
    let core = core(&server.url()).build().unwrap();
    let recorder = Recorder::default();
    let guard = recorder.install();
    let request = tokio::select! {
        request = told.recv() => request.unwrap(),
        _ = trial::create(&core) => unreachable!(),
    };
    drop(guard);
    assert!(request.contains(TOKEN));
    let event = abandoned(&recorder);
    event.assert("authlete.delivery", "maybe_sent");
    event.assert("authlete.operation", "auth_token_create_batch_api");
    assert_eq!(event.level, tracing::Level::WARN);
}

/// A body of which nothing comes.
struct Silent;

impl Body for Silent {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Pending
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_tells_what_is_known_so_far() {
    const SOME: std::time::Duration = std::time::Duration::from_millis(100);
    let dropped = |fake: Fake, replayable: bool| async move {
        let recorder = Recorder::default();
        let guard = recorder.install();
        let core = fake.core().retries(attempts(3)).build().unwrap();
        let options = RequestOptions::new().replay_non_idempotent(replayable);
        let call = create(&core, Some(&options));
        assert!(tokio::time::timeout(SOME, call).await.is_err());
        drop(guard);
        let event = abandoned(&recorder);
        (event.get("authlete.delivery").unwrap().to_owned(), event.level)
    };
    let debug = tracing::Level::DEBUG;
    // In the pause after a refusal, and after a failure that leaves all open.
    let in_pause = dropped(Fake::new(|_| status(503)), true).await;
    assert_eq!(in_pause, ("answered".to_owned(), debug));
    let in_pause = dropped(Fake::new(|_| broken()), true).await;
    assert_eq!(in_pause, ("maybe_sent".to_owned(), debug));
    // Within an attempt of a transport that does not tell how far it is.
    assert_eq!(dropped(Fake::hanging(), false).await, ("maybe_sent".to_owned(), tracing::Level::WARN));
    // Within the body, of which the head has come.
    let silent = Fake::new(|_| Ok(Response::new(ResponseBody::new(Silent))));
    assert_eq!(dropped(silent, false).await.0, "maybe_sent");

    // Before there is a bearer.
    let recorder = Recorder::default();
    let guard = recorder.install();
    let core =
        Fake::hanging().bare().bearer_provider(pending::<Result<_, authlete::BoxError>>).build().unwrap();
    assert!(tokio::time::timeout(SOME, create(&core, None)).await.is_err());
    drop(guard);
    abandoned(&recorder).assert("authlete.delivery", "not_sent");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_ends_is_not_abandoned() {
    let recorder = Recorder::default();
    let guard = recorder.install();
    let fake = Fake::new(|number| if number == 0 { fine() } else { status(400) });
    let core = fake.core().build().unwrap();
    create(&core, None).await.unwrap();
    create(&core, None).await.unwrap_err();
    drop(create(&core, None));
    drop(guard);
    assert!(only(&recorder.ours(), Kind::Event, "abandoned").is_empty());
}
