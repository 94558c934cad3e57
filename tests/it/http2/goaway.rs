//! What a GOAWAY says of the streams under way (RFC 9113 section 6.8).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authlete::{AuthleteCore, AuthleteError, Delivery, RetryConfig};
use tokio::task::JoinSet;

use super::BROKEN;
use super::wire::{ALL, ENHANCE_YOUR_CALM, NO_ERROR, REFUSED_STREAM, Wire, start};
use crate::faults::trial::{Repeated, Row, Seen, create};
use crate::support::{SERVER_SECRET, assert_discreet};

const NOT_PROCESSED: Row = Row { delivery: Delivery::NotSent, repeated: Repeated::Any, ..BROKEN };

/// The forms in which a server goes away.
#[derive(Clone, Copy, Debug)]
enum Form {
    Once(u32),
    /// First without a last stream, then with one.
    Announced,
}

const FORMS: [Form; 4] =
    [Form::Once(NO_ERROR), Form::Once(ENHANCE_YOUR_CALM), Form::Once(REFUSED_STREAM), Form::Announced];

impl Form {
    async fn say(self, wire: &mut Wire, last: u32) {
        match self {
            Self::Once(reason) => wire.go_away(last, reason, SERVER_SECRET).await,
            Self::Announced => {
                wire.go_away(ALL, NO_ERROR, SERVER_SECRET).await;
                tokio::time::sleep(Duration::from_millis(20)).await;
                wire.go_away(last, NO_ERROR, SERVER_SECRET).await;
            }
        }
    }
}

#[tokio::test]
async fn row_89_a_stream_above_the_last_was_not_processed() {
    for form in FORMS {
        let seen = Seen::default();
        let counter = seen.clone();
        let (_server, core) = start(&[], move |mut wire, _| {
            let seen = counter.clone();
            async move {
                if wire.request().await.is_some() {
                    seen.one();
                    form.say(&mut wire, 0).await;
                    wire.until_the_end().await;
                }
            }
        })
        .await;
        NOT_PROCESSED.check(&core.build().unwrap(), Some(&seen)).await;
    }
}

#[tokio::test]
async fn row_49_a_stream_that_a_goaway_spares_may_have_been_processed() {
    for form in FORMS {
        let seen = Seen::default();
        let counter = seen.clone();
        let (_server, core) = start(&[], move |mut wire, _| {
            let seen = counter.clone();
            async move {
                if let Some(stream) = wire.request().await {
                    seen.one();
                    form.say(&mut wire, stream).await;
                }
            }
        })
        .await;
        BROKEN.check(&core.build().unwrap(), Some(&seen)).await;
    }
}

async fn at_once(core: &AuthleteCore, calls: usize) -> Vec<Result<(), AuthleteError>> {
    let mut wave = JoinSet::new();
    for _ in 0..calls {
        let core = core.clone();
        wave.spawn(async move { create(&core).await });
    }
    wave.join_all().await
}

/// Whatever the form and wherever the cut, on threads that race: exactly the streams above the cut are unsent.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn no_stream_that_a_goaway_spares_counts_as_unsent() {
    const CALLS: usize = 12;
    for round in 0..32_usize {
        let (form, spared, answers) = (FORMS[round % 4], round * 5 % (CALLS + 1), round % 3 == 0);
        let (server, core) = start(&[], move |mut wire, _| async move {
            let Some(first) = wire.request().await else { return };
            wire.answer(first).await;
            let mut streams = Vec::new();
            while streams.len() < CALLS {
                streams.push(wire.request().await.expect("the client left"));
            }
            streams.sort_unstable();
            let (below, _) = streams.split_at(spared);
            form.say(&mut wire, below.last().copied().unwrap_or(first)).await;
            // The spared ones are answered, or the connection ends under them.
            for stream in below.iter().filter(|_| answers) {
                wire.answer(*stream).await;
            }
            if answers {
                wire.until_the_end().await;
            }
        })
        .await;
        let core = core.retries(RetryConfig::None).build().unwrap();
        create(&core).await.unwrap();
        let results = at_once(&core, CALLS).await;
        let of = |delivery| {
            let errors = results.iter().filter_map(|result| result.as_ref().err());
            errors
                .inspect(|error| assert_discreet(*error))
                .filter(|error| error.delivery() == delivery)
                .count()
        };
        let doubtful = if answers { 0 } else { spared };
        let expected = (CALLS - spared, doubtful, spared - doubtful);
        let found =
            (of(Delivery::NotSent), of(Delivery::MaybeSent), results.iter().filter(|r| r.is_ok()).count());
        assert_eq!(found, expected, "{form:?}, {spared} spared, round {round}: {results:?}");
        assert_eq!(server.connections(), 1);
    }
}

/// A server that takes fifty requests a connection, and of the rest says that it has not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_now_and_then_loses_and_doubles_nothing() {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let (server, core) = start(&[], move |mut wire, _| {
        let taken = Arc::clone(&counter);
        async move {
            let (mut number, mut last) = (0, ALL);
            while let Some(stream) = wire.request().await {
                if stream > last {
                    continue;
                }
                number += 1;
                taken.fetch_add(1, Ordering::SeqCst);
                if number == 50 {
                    // What has begun earlier may still arrive.
                    last = stream;
                    wire.go_away(last, NO_ERROR, "").await;
                }
                wire.answer(stream).await;
            }
        }
    })
    .await;
    let core = core.build().unwrap();
    create(&core).await.unwrap();
    let mut workers = JoinSet::new();
    for _ in 0..8 {
        let core = core.clone();
        workers.spawn(async move {
            for _ in 0..75 {
                create(&core).await.unwrap();
            }
        });
    }
    workers.join_all().await;
    assert_eq!(taken.load(Ordering::SeqCst), 601);
    assert!(server.connections() >= 12, "{} connections", server.connections());
}
