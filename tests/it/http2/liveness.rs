//! Connections that are silent, full, or not read.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use authlete::transport::HyperTransport;
use authlete::{Delivery, RequestOptions};
use tokio::sync::{Barrier, Notify};
use tokio::task::JoinSet;

use super::BROKEN;
use super::wire::{
    CONTINUATION, DATA, END_STREAM, HEADERS, LARGE_WINDOW, MAX_CONCURRENT_STREAMS, RST_STREAM, Wire, start,
};
use crate::faults::trial::{create, is_attempt_timeout, status};
use crate::support::{Authority, RawServer, core, token};

async fn answer_all(mut wire: Wire) {
    while let Some(stream) = wire.request().await {
        wire.answer(stream).await;
    }
}

#[tokio::test]
async fn row_88_a_connection_that_falls_silent_is_not_used_again() {
    let (server, core) = start(&[], |mut wire, number| async move {
        if number > 0 {
            return answer_all(wire).await;
        }
        let stream = wire.request().await.unwrap();
        wire.answer(stream).await;
        wire.until_the_end().await;
    })
    .await;
    let core = core.attempt_timeout(Duration::from_secs(2)).build().unwrap();
    status(&core).await.unwrap();
    // The first attempt meets silence, the second another connection.
    status(&core).await.unwrap();
    for _ in 0..5 {
        create(&core).await.unwrap();
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_call_that_is_dropped_resets_its_stream_and_nobody_elses() {
    let (server, core) = start(&[], |mut wire, number| async move {
        if number > 0 {
            return answer_all(wire).await;
        }
        let stream = wire.request().await.unwrap();
        wire.answer(stream).await;
        let (first, second) = (wire.request().await.unwrap(), wire.request().await.unwrap());
        // Only one of the two callers has left.
        loop {
            match wire.read().await {
                Some(frame) if frame.kind == RST_STREAM => {
                    wire.answer(first + second - frame.stream).await;
                    break answer_all(wire).await;
                }
                Some(_) => {}
                None => break,
            }
        }
    })
    .await;
    let core = core.build().unwrap();
    status(&core).await.unwrap();
    let other = tokio::spawn({
        let core = core.clone();
        async move { create(&core).await }
    });
    assert!(tokio::time::timeout(Duration::from_secs(1), create(&core)).await.is_err());
    other.await.unwrap().unwrap();
    create(&core).await.unwrap();
    assert_eq!(server.connections(), 1);
}

const SOON: Duration = Duration::from_millis(700);

/// A transport that asks a silent server this soon, for a server whose connections follow a script.
async fn asking<F, R>(interval: Duration, script: F) -> (RawServer, authlete::AuthleteCore)
where
    F: Fn(Wire, usize) -> R + Send + Sync + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    let authority = Authority::new();
    let acceptor = authority.server_with("localhost", &["h2"], |_| {});
    let script = Arc::new(script);
    let server = RawServer::start(move |stream, number| {
        let (acceptor, script) = (acceptor.clone(), Arc::clone(&script));
        async move { script(Wire::accept(&acceptor, stream, &[]).await.unwrap(), number).await }
    })
    .await;
    let transport =
        HyperTransport::builder().tls(super::tls(&authority)).ping_interval(interval).build().unwrap();
    let core = core(&format!("https://localhost:{}", server.addr().port())).transport(transport);
    (server, core.build().unwrap())
}

#[tokio::test]
async fn a_server_that_does_not_answer_a_ping_is_given_up() {
    let (server, core) = asking(SOON, |mut wire, _| async move {
        wire.pongs = false;
        wire.until_the_end().await;
    })
    .await;
    // The call's own limits are far away.
    let error = tokio::time::timeout(Duration::from_secs(10), create(&core)).await.unwrap().unwrap_err();
    BROKEN.check_error(&error, 1);
    server.deserted().await;
}

#[tokio::test]
async fn a_server_that_answers_pings_may_take_its_time() {
    let (server, core) = asking(SOON, |mut wire, _| async move {
        let stream = wire.request().await.unwrap();
        let silence = tokio::time::sleep(Duration::from_secs(3));
        tokio::pin!(silence);
        loop {
            tokio::select! {
                frame = wire.read() => assert!(frame.is_some(), "the client left"),
                () = &mut silence => break,
            }
        }
        wire.answer(stream).await;
        answer_all(wire).await;
    })
    .await;
    create(&core).await.unwrap();
    create(&core).await.unwrap();
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_server_that_sends_is_there_whatever_it_makes_of_pings() {
    let (server, core) = asking(Duration::from_secs(1), |mut wire, _| async move {
        wire.pongs = false;
        let stream = wire.request().await.unwrap();
        wire.begin(stream).await;
        for piece in "{          }".chars() {
            wire.write(DATA, 0, stream, piece.to_string().as_bytes()).await;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        wire.write(DATA, END_STREAM, stream, b"").await;
        let stream = wire.request().await.unwrap();
        wire.answer(stream).await;
        wire.until_the_end().await;
    })
    .await;
    create(&core).await.unwrap();
    // Idle, it is asked nothing.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    create(&core).await.unwrap();
    assert_eq!(server.connections(), 1);
}

/// A connection in use is not idle, however long an exchange on it takes.
#[tokio::test]
async fn a_connection_in_use_is_shared_for_as_long_as_that_takes() {
    let (server, core) = start(&[], |mut wire, _| async move {
        let first = wire.request().await.unwrap();
        wire.answer(first).await;
        let slow = wire.request().await.unwrap();
        let quick = wire.request().await.unwrap();
        wire.answer(quick).await;
        wire.answer(slow).await;
        wire.until_the_end().await;
    })
    .await;
    let core = core.idle_timeout(Duration::from_millis(100)).build();
    let core = core.unwrap();
    create(&core).await.unwrap();
    let slow = tokio::spawn({
        let core = core.clone();
        async move { create(&core).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    create(&core).await.unwrap();
    slow.await.unwrap().unwrap();
    assert_eq!(server.connections(), 1);
    // And once it is idle, it is closed.
    server.deserted().await;
}

/// The server answers none before it has all, so a call that waits for another's end would never end.
#[tokio::test]
async fn a_server_that_takes_one_stream_a_connection_gets_as_many_connections() {
    const CALLS: usize = 10;
    let all = Arc::new(Barrier::new(CALLS));
    let (server, core) = start(&[MAX_CONCURRENT_STREAMS], move |mut wire, _| {
        let all = Arc::clone(&all);
        async move {
            while let Some(stream) = wire.request().await {
                all.wait().await;
                wire.answer(stream).await;
            }
        }
    })
    .await;
    let core = core.build().unwrap();
    for _ in 0..3 {
        let mut wave = JoinSet::new();
        for _ in 0..CALLS {
            let core = core.clone();
            wave.spawn(async move { create(&core).await.unwrap() });
        }
        wave.join_all().await;
        assert_eq!(server.connections(), CALLS);
    }
}

#[test]
fn a_peer_that_stops_reading_holds_nothing_back() {
    let outer = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let left = Arc::new(Notify::new());
    let signal = Arc::clone(&left);
    let (server, core) = outer.block_on(start(&[LARGE_WINDOW], move |mut wire, _| {
        let left = Arc::clone(&signal);
        async move {
            // Lets the connection's window be as large as the stream's, and reads no more.
            wire.write(8, 0, 0, &(super::wire::ALL - 65_535).to_be_bytes()).await;
            left.notified().await;
            wire.until_the_end().await;
        }
    }));
    let core = core.attempt_timeout(Duration::from_secs(2)).build().unwrap();
    let inner = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    inner.block_on(async {
        let request = AuthTokenCreateBatchApiRequest::new(vec![token(); 100_000]);
        let options = RequestOptions::new();
        let call = token_operations_auth_token_create_batch_api(&core, &request, Some(&options)).await;
        let error = call.unwrap_err();
        assert!(is_attempt_timeout(&error) && error.delivery() == Delivery::MaybeSent, "{error:?}");
        drop(core);
        let tasks = || inner.metrics().num_alive_tasks();
        for _ in 0..500 {
            if tasks() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(tasks(), 0, "tasks outlive the core");
    });
    left.notify_one();
    outer.block_on(server.deserted());
}

/// An answer that comes before the request is complete is taken, and the rest of the request stays here.
#[tokio::test]
async fn an_early_answer_ends_the_request() {
    let complete = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&complete);
    let (server, core) = start(&[], move |mut wire, _| {
        let complete = Arc::clone(&counter);
        async move {
            let mut answered = false;
            while let Some(frame) = wire.read().await {
                if frame.ends_request() {
                    complete.fetch_add(1, Ordering::SeqCst);
                } else if frame.stream > 0 && !answered {
                    answered = true;
                    wire.answer(frame.stream).await;
                }
            }
        }
    })
    .await;
    let core = core.build().unwrap();
    // More than the window of a stream.
    let request = AuthTokenCreateBatchApiRequest::new(vec![token(); 10_000]);
    token_operations_auth_token_create_batch_api(&core, &request, None).await.unwrap();
    drop(core);
    server.deserted().await;
    assert_eq!(complete.load(Ordering::SeqCst), 0);
}

/// A literal field without indexing (RFC 7541 section 6.2.2), its value longer than 127 bytes.
fn field(name: &str, value: &str) -> Vec<u8> {
    let mut field = vec![0, u8::try_from(name.len()).unwrap()];
    field.extend_from_slice(name.as_bytes());
    let mut length = value.len() - 127;
    field.push(127);
    while length > 127 {
        field.push(128 | (length % 128) as u8);
        length /= 128;
    }
    field.push(length as u8);
    field.extend_from_slice(value.as_bytes());
    field
}

#[tokio::test]
async fn heads_may_be_as_long_as_gateways_make_them() {
    for (length, fits) in [(17 << 10, true), (60 << 10, true), (80 << 10, false)] {
        let (_server, core) = start(&[], move |mut wire, _| async move {
            while let Some(stream) = wire.request().await {
                let head = [vec![0x88], field("x-policy", &"a".repeat(length))].concat();
                let (first, rest) = head.split_at(16_000);
                wire.write(HEADERS, 0, stream, first).await;
                let mut rest = rest.chunks(16_000).peekable();
                while let Some(piece) = rest.next() {
                    wire.write(CONTINUATION, if rest.peek().is_some() { 0 } else { 4 }, stream, piece).await;
                }
                wire.write(DATA, END_STREAM, stream, b"{}").await;
            }
        })
        .await;
        let result = status(&core.build().unwrap()).await;
        assert_eq!(result.is_ok(), fits, "{length}: {result:?}");
    }
}
