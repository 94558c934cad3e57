//! Callers that leave, providers that fail.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authlete::transport::{ResponseBody, transport_fn};
use authlete::{AuthleteCore, AuthleteError, Backoff, BoxError, Delivery, Secret};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::trial::{Seen, create, impatient, status};
use crate::fake::{self, Fake};
use crate::support::{BEARER, RawServer, assert_discreet, core, read_request};

/// What the server sees of a connection.
#[derive(Debug, PartialEq)]
enum Event {
    Connected,
    Request,
    Closed,
}

/// A server that says `answer` to a request, reports what it sees, and never ends a connection itself.
async fn observer(answer: &'static str) -> (RawServer, mpsc::UnboundedReceiver<Event>) {
    let (events, seen) = mpsc::unbounded_channel();
    let server = RawServer::start(move |mut stream, _| {
        let events = events.clone();
        async move {
            let _ = events.send(Event::Connected);
            // A TLS hello is no request; it is read until the client leaves.
            if read_request(&mut stream).await.is_some() {
                let _ = events.send(Event::Request);
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.read_to_end(&mut Vec::new()).await;
            }
            let _ = events.send(Event::Closed);
        }
    })
    .await;
    (server, seen)
}

async fn next(events: &mut mpsc::UnboundedReceiver<Event>) -> Event {
    timeout(Duration::from_secs(5), events.recv()).await.expect("nothing happened").unwrap()
}

/// Drops a call once the server has seen `until`, and checks that the connection ends with it.
async fn drop_after<R>(
    until: Event,
    mut events: mpsc::UnboundedReceiver<Event>,
    call: impl Future<Output = R>,
) {
    let server_side = async {
        while next(&mut events).await != until {}
        // Time for an answer to arrive, where there is one.
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    tokio::select! {
        _ = call => panic!("the call ended by itself"),
        () = server_side => {}
    }
    let started = Instant::now();
    assert_eq!(next(&mut events).await, Event::Closed);
    assert!(started.elapsed() < Duration::from_secs(4), "closed only after {:?}", started.elapsed());
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(events.try_recv().is_err(), "something happened after the caller had left");
}

fn patient(url: &str) -> AuthleteCore {
    core(url).retries(Backoff::default()).build().unwrap()
}

#[tokio::test]
async fn row_75_dropped_while_connecting() {
    let (server, events) = observer("").await;
    let core = patient(&format!("https://localhost:{}", server.addr().port()));
    drop_after(Event::Connected, events, create(&core)).await;
}

#[tokio::test]
async fn row_75_dropped_while_waiting() {
    let (server, events) = observer("").await;
    drop_after(Event::Request, events, create(&patient(&server.url()))).await;
}

#[tokio::test]
async fn row_75_dropped_in_the_body() {
    let (server, events) = observer("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").await;
    drop_after(Event::Request, events, create(&patient(&server.url()))).await;
}

#[tokio::test]
async fn row_75_dropped_while_sending() {
    let (events, mut seen) = mpsc::unbounded_channel();
    let server = RawServer::start(move |mut stream, _| {
        let events = events.clone();
        async move {
            // Nothing is read until the client has left, so a large request gets stuck.
            let _ = events.send(Event::Connected);
            tokio::time::sleep(Duration::from_millis(300)).await;
            let mut received = Vec::new();
            let _ = stream.read_to_end(&mut received).await;
            let _ = events.send(if received.ends_with(b"]") { Event::Request } else { Event::Closed });
        }
    })
    .await;
    let core = patient(&server.url());
    let tokens = vec![crate::support::token(); 200_000];
    let request = authlete::models::operations::AuthTokenCreateBatchApiRequest::new(tokens);
    let call = authlete::funcs::token_operations_auth_token_create_batch_api(&core, &request, None);
    assert!(timeout(Duration::from_millis(200), call).await.is_err());
    assert_eq!(next(&mut seen).await, Event::Connected);
    assert_eq!(
        next(&mut seen).await,
        Event::Closed,
        "the whole request arrived although its caller had left"
    );
}

#[tokio::test(start_paused = true)]
async fn row_75_dropped_in_a_pause() {
    let server = Fake::new(|_| fake::status(503));
    let core = server.core().retries(Backoff::default()).build();
    let core = core.unwrap();
    assert!(timeout(Duration::from_millis(100), status(&core)).await.is_err());
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(server.count(), 1);
}

#[test]
fn row_76_the_runtime_ends_in_the_middle() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (server, mut events) = runtime.block_on(observer(""));
    let core = patient(&server.url());
    let call = core.clone();
    runtime.spawn(async move { create(&call).await });
    runtime.block_on(async { while next(&mut events).await != Event::Request {} });
    runtime.shutdown_timeout(Duration::from_secs(5));
    // The core outlives it, and works on the next.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(status(&core)).unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent, "the server went with its runtime: {error:?}");
}

#[tokio::test(start_paused = true)]
async fn row_72_a_provider_that_fails_panics_or_hangs() {
    type Answer = std::pin::Pin<Box<dyn Future<Output = Result<Secret, BoxError>> + Send>>;
    let providers: [fn() -> Answer; 4] = [
        || Box::pin(async { Err("the vault is sealed".into()) }),
        || panic!("as it is meant to"),
        || Box::pin(std::future::pending()),
        || Box::pin(async { Ok(Secret::from("canary-bearer-3f9c\r\n")) }),
    ];
    for provider in providers {
        let seen = Seen::default();
        let counter = seen.clone();
        let transport = transport_fn(move |_| {
            counter.one();
            async { Ok(http::Response::new(ResponseBody::from("{}"))) }
        });
        let core = core("http://127.0.0.1").bearer_provider(provider).transport(transport).build().unwrap();
        let started = Instant::now();
        let error = create(&core).await.unwrap_err();
        assert!(matches!(error, AuthleteError::Credential { .. }), "{error:?}");
        assert_eq!((error.delivery(), error.attempts(), seen.count()), (Delivery::NotSent, 0, 0));
        assert_eq!(error.is_timeout(), started.elapsed() == Duration::from_secs(60));
        assert_discreet(&error);
    }
}

#[tokio::test]
async fn row_73_a_401_is_answered_with_the_provider_s_next_bearer_once() {
    let simulator = crate::support::simulator().await;
    // The first bearer is stale, the second is right.
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let provider = move || {
        let bearer = if counter.fetch_add(1, Ordering::SeqCst) == 0 { "stale" } else { BEARER };
        async move { Ok::<_, BoxError>(Secret::from(bearer)) }
    };
    create(&core(simulator.url()).bearer_provider(provider).build().unwrap()).await.unwrap();
    assert_eq!((asked.load(Ordering::SeqCst), simulator.ledger().request_count()), (2, 2));
    assert_eq!(simulator.ledger().batches().len(), 1);

    // All bearers are wrong: it ends after the second.
    let counter = AtomicUsize::new(0);
    let provider = move || {
        let bearer = format!("wrong-{}", counter.fetch_add(1, Ordering::SeqCst));
        async move { Ok::<_, BoxError>(Secret::from(bearer)) }
    };
    let error =
        create(&impatient(simulator.url()).bearer_provider(provider).build().unwrap()).await.unwrap_err();
    assert_eq!(error.http().unwrap().status, 401);
    assert_eq!(simulator.ledger().request_count(), 4);
}
