//! The built-in transport's connections.

use std::sync::Arc;
use std::time::Duration;

use authlete::AuthleteCore;
use tokio::io::AsyncWriteExt;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::fake::{batch_status, create, ms, secs};
use crate::support::{RawServer, core, read_request, simulator};

/// Waits until something holds; fails when it takes impossibly long.
async fn eventually(holds: impl Fn() -> bool) {
    let waited = tokio::time::timeout(secs(20), async {
        while !holds() {
            tokio::time::sleep(ms(5)).await;
        }
    });
    waited.await.expect("it never came to be");
}

/// Makes calls at the same time.
async fn wave(core: &AuthleteCore, calls: usize) {
    let mut wave = JoinSet::new();
    for _ in 0..calls {
        let core = core.clone();
        wave.spawn(async move { batch_status(&core, None).await.map(|_| ()) });
    }
    for result in wave.join_all().await {
        result.unwrap();
    }
}

#[tokio::test]
async fn calls_one_after_another_use_one_connection() {
    let simulator = simulator().await;
    let core = core(simulator.url()).build().unwrap();
    for number in 0..20 {
        // Successes and refusals alike.
        if number % 2 == 0 {
            create(&core, None).await.unwrap();
        } else {
            batch_status(&core.clone(), None).await.unwrap_err();
        }
    }
    let ledger = simulator.ledger();
    assert_eq!((ledger.request_count(), ledger.connection_count()), (20, 1));
}

/// The server answers none before it has all, so fewer connections than calls would never end.
#[tokio::test]
async fn calls_at_the_same_time_use_as_many_connections_and_the_next_wave_the_same() {
    const CALLS: usize = 64;
    let all = Arc::new(Barrier::new(CALLS));
    let server = RawServer::start(move |mut stream, _| {
        let all = Arc::clone(&all);
        async move {
            while read_request(&mut stream).await.is_some() {
                all.wait().await;
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
            }
        }
    })
    .await;
    let core = core(&server.url()).build().unwrap();
    for _ in 0..3 {
        wave(&core, CALLS).await;
        assert_eq!(server.connections(), CALLS);
    }
}

#[tokio::test]
async fn idle_connections_are_closed() {
    let simulator = simulator().await;
    let core = core(simulator.url()).idle_timeout(ms(100)).build().unwrap();
    create(&core, None).await.unwrap();
    let ledger = simulator.ledger();
    eventually(|| ledger.open_connections() == 0).await;
    create(&core, None).await.unwrap();
    assert_eq!(ledger.connection_count(), 2);
    // And once more, by the same means.
    eventually(|| ledger.open_connections() == 0).await;
}

#[tokio::test]
async fn dropping_the_last_core_closes_its_connections() {
    let simulator = simulator().await;
    let first = core(simulator.url()).build().unwrap();
    let second = first.clone();
    create(&first, None).await.unwrap();
    drop(first);
    create(&second, None).await.unwrap();
    let ledger = simulator.ledger();
    assert_eq!((ledger.connection_count(), ledger.open_connections()), (1, 1));
    drop(second);
    eventually(|| ledger.open_connections() == 0).await;
}

#[test]
fn core_outlives_its_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let (simulator, core) = first.block_on(async {
        let simulator = simulator().await;
        let core = core(simulator.url()).idle_timeout(ms(200)).build().unwrap();
        create(&core, None).await.unwrap();
        (simulator, core)
    });
    drop(first);
    let ledger = simulator.ledger();
    for round in 2..4 {
        let runtime = runtime();
        runtime.block_on(async {
            create(&core, None).await.unwrap();
            create(&core, None).await.unwrap();
            assert_eq!(ledger.connection_count(), round);
            // Idle connections are closed in this runtime as in the first.
            eventually(|| ledger.open_connections() == 0).await;
        });
    }
    assert_eq!(ledger.batches().len(), 5);
}

/// A connection that is in use in one runtime serves no other.
#[test]
fn core_is_shared_by_threads_with_runtimes_of_their_own() {
    let outer = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let simulator = outer.block_on(simulator());
    let core = core(simulator.url()).build().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    for _ in 0..10 {
                        create(&core, None).await.unwrap();
                    }
                });
            });
        }
    });
    assert_eq!(simulator.ledger().batches().len(), 40);
}

#[tokio::test]
async fn head_is_complete_and_in_origin_form() {
    let simulator = simulator().await;
    let core = core(simulator.url()).build().unwrap();
    create(&core, None).await.unwrap();
    let request = simulator.ledger().requests().remove(0);
    assert_eq!(request.path, "/api/1234567890/auth/token/create/batch");
    assert_eq!(request.header("host"), Some(simulator.addr().to_string().as_str()));
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("transfer-encoding"), None);
    let hosts = request.headers.iter().filter(|(name, _)| name == "host").count();
    assert_eq!(hosts, 1);
}

#[tokio::test]
async fn name_that_has_several_addresses_is_reached() {
    let simulator = simulator().await;
    let url = format!("http://localhost:{}", simulator.addr().port());
    let core = core(&url).connect_timeout(Duration::from_secs(20)).build().unwrap();
    create(&core, None).await.unwrap();
}

/// A runtime that rests between two calls does not drive the connections it has.
#[test]
fn resting_runtime_holds_nobody_up() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    let simulator = first.block_on(simulator());
    let core = core(simulator.url()).build().unwrap();
    for _ in 0..3 {
        for runtime in [&first, &second] {
            runtime.block_on(create(&core, None)).unwrap();
        }
    }
    let ledger = simulator.ledger();
    assert_eq!((ledger.batches().len(), ledger.connection_count()), (6, 2));
}
