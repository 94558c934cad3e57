//! Streams that never open, streams of calls that are given up, and connections that many first calls share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authlete::{AuthleteCore, AuthleteError, Delivery, RetryConfig};
use tokio::task::JoinSet;

use super::wire::{HEADERS, RST_STREAM, SETTINGS, Wire, start};
use super::{start as start_plain, succeed};
use crate::faults::trial::{Seen, create, status};
use crate::support::assert_discreet;

async fn wave(core: &AuthleteCore, calls: usize) -> Vec<Result<(), AuthleteError>> {
    let mut wave = JoinSet::new();
    for _ in 0..calls {
        let core = core.clone();
        wave.spawn(async move { create(&core).await });
    }
    wave.join_all().await
}

async fn no_more_streams(wire: &mut Wire) {
    wire.write(SETTINGS, 0, 0, &[0, 3, 0, 0, 0, 0]).await;
}

/// The server lets no more streams be opened, at a moment that the calls race against. No request that it has seen counts as
/// unsent, and hardly one that it has not seen is in doubt.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn row_99_a_stream_that_never_opened_was_not_sent() {
    let mut in_vain = 0;
    for round in 0..12 {
        let seen = Seen::default();
        let counter = seen.clone();
        let (server, core) = start(&[], move |mut wire, number| {
            let seen = counter.clone();
            async move {
                if number == 0 {
                    let first = wire.request().await.unwrap();
                    wire.answer(first).await;
                }
                tokio::time::sleep(Duration::from_micros(100 * round)).await;
                no_more_streams(&mut wire).await;
                while let Some(frame) = wire.read().await {
                    if frame.kind == HEADERS {
                        seen.one();
                    }
                }
            }
        })
        .await;
        let core = core.retries(RetryConfig::None).attempt_timeout(Duration::from_millis(400));
        let core = core.build().unwrap();
        create(&core).await.unwrap();
        let errors: Vec<_> = wave(&core, 24).await.into_iter().map(Result::unwrap_err).collect();
        errors.iter().for_each(|error| assert_discreet(error));
        let count = |delivery| errors.iter().filter(|error| error.delivery() == delivery).count();
        let (unsent, doubtful) = (count(Delivery::NotSent), count(Delivery::MaybeSent));
        drop(core);
        // The server has read all that was sent.
        server.deserted().await;
        assert!(unsent + doubtful == 24 && doubtful >= seen.count(), "round {round}: {unsent} unsent of 24");
        in_vain += doubtful - seen.count();
    }
    // A request that h2 was given at the very moment the limit fell stays in doubt.
    assert!(in_vain < 12, "{in_vain} of 288");
}

/// A request that waits for a stream is sent once the server takes it, unless its call has ended.
#[tokio::test]
async fn a_request_waits_for_a_server_that_takes_none() {
    let (server, core) = start(&[(3, 0)], |mut wire, _| async move {
        // A request may have left before the client knows.
        let mut early = Vec::new();
        while let Some(frame) = wire.read().await {
            early.extend(frame.ends_request().then_some(frame.stream));
            if frame.kind == SETTINGS && frame.flags != 0 {
                break;
            }
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        wire.write(SETTINGS, 0, 0, &[0, 3, 0, 0, 0, 9]).await;
        for stream in early {
            wire.answer(stream).await;
        }
        while let Some(stream) = wire.request().await {
            wire.answer(stream).await;
        }
    })
    .await;
    let core = core.build().unwrap();
    assert!(wave(&core, 8).await.iter().all(Result::is_ok));
    drop(core);
    server.deserted().await;
}

/// Row 100: each stream is reset, and the connection serves the next call.
#[tokio::test]
async fn row_100_calls_that_are_dropped_leave_the_connection() {
    let (opened, reset) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counters = (Arc::clone(&opened), Arc::clone(&reset));
    let (server, core) = start(&[], move |mut wire, _| {
        let (opened, reset) = counters.clone();
        async move {
            let first = wire.request().await.unwrap();
            wire.answer(first).await;
            while let Some(frame) = wire.read().await {
                match frame.kind {
                    HEADERS => drop(opened.fetch_add(1, Ordering::SeqCst)),
                    RST_STREAM => drop(reset.fetch_add(1, Ordering::SeqCst)),
                    _ => {}
                }
                // The last one, which is no creation, is answered.
                if frame.kind == HEADERS && frame.ends_request() {
                    wire.answer(frame.stream).await;
                }
            }
        }
    })
    .await;
    let core = core.build().unwrap();
    create(&core).await.unwrap();
    for _ in 0..1_000 {
        assert!(tokio::time::timeout(Duration::from_millis(2), create(&core)).await.is_err());
    }
    status(&core).await.unwrap();
    assert_eq!(server.connections(), 1);
    assert!(opened.load(Ordering::SeqCst) > 100, "{opened:?}");
    assert_eq!(reset.load(Ordering::SeqCst) + 1, opened.load(Ordering::SeqCst));
}

/// A connection is made once for all who come meanwhile (RFC 9113 section 9.1).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_calls_share_one_connection() {
    for calls in [64, 512] {
        let seen = Seen::default();
        let (server, core) = start_plain(succeed, &seen).await;
        assert!(wave(&core, calls).await.iter().all(Result::is_ok));
        assert_eq!((server.connections(), seen.count()), (1, calls));
    }
}

/// As many as the server's limit makes necessary, and not more.
#[tokio::test]
async fn first_calls_fill_one_connection_after_another() {
    let (server, core) = start(&[(3, 8)], |mut wire, _| async move {
        let mut streams = Vec::new();
        while streams.len() < 8 {
            streams.push(wire.request().await.unwrap());
        }
        for stream in streams {
            wire.answer(stream).await;
        }
        wire.until_the_end().await;
    })
    .await;
    assert!(wave(&core.build().unwrap(), 24).await.iter().all(Result::is_ok));
    assert_eq!(server.connections(), 3);
}
