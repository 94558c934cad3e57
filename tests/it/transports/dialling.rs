//! Calls that wait for a connection: one that becomes free, one that another call makes, one of their own.

use std::sync::Arc;
use std::time::Duration;

use authlete::AuthleteCore;
#[cfg(feature = "http2")]
use authlete::Delivery;
use authlete::transport::HyperTransport;
use tokio::io::AsyncWriteExt;
#[cfg(feature = "http2")]
use tokio::sync::Barrier;
use tokio::sync::Notify;
#[cfg(feature = "http2")]
use tokio::task::JoinSet;

use crate::fake::{create, ms, secs};
#[cfg(feature = "http2")]
use crate::support::assert_discreet;
use crate::support::{Authority, RawServer, core, read_request};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

fn call(core: &AuthleteCore) -> tokio::task::JoinHandle<()> {
    let core = core.clone();
    tokio::spawn(async move { drop(create(&core, None).await.unwrap()) })
}

/// A TLS server whose second connection does not finish its handshake before it is told to.
async fn with_a_slow_second_handshake(authority: &Authority, go: &Arc<Notify>) -> RawServer {
    let acceptor = authority.server();
    let go = Arc::clone(go);
    RawServer::start(move |stream, number| {
        let (acceptor, go) = (acceptor.clone(), Arc::clone(&go));
        async move {
            if number == 1 {
                go.notified().await;
            }
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            while read_request(&mut stream).await.is_some() {
                tokio::time::sleep(ms(200)).await;
                stream.write_all(ANSWER).await.unwrap();
                stream.flush().await.unwrap();
            }
        }
    })
    .await
}

#[tokio::test]
async fn a_call_that_dials_takes_a_connection_that_becomes_free() {
    let (authority, go) = (Authority::new(), Arc::new(Notify::new()));
    let server = with_a_slow_second_handshake(&authority, &go).await;
    let url = format!("https://localhost:{}", server.addr().port());
    let core = core(&url).tls(authority.trust()).connect_timeout(secs(60)).build().unwrap();
    let first = call(&core);
    tokio::time::sleep(ms(50)).await;
    let second = call(&core);
    first.await.unwrap();
    // Over the first one's connection: its own is not there yet.
    second.await.unwrap();
    assert_eq!(server.connections(), 2);
    // The dial goes on, and no other is begun.
    let third = call(&core);
    tokio::time::sleep(ms(50)).await;
    let fourth = call(&core);
    tokio::time::sleep(ms(50)).await;
    go.notify_one();
    third.await.unwrap();
    fourth.await.unwrap();
    assert_eq!(server.connections(), 2);
    drop(core);
    server.deserted().await;
}

#[tokio::test]
async fn a_dial_that_goes_on_ends_with_the_core() {
    let (authority, go) = (Authority::new(), Arc::new(Notify::new()));
    let server = with_a_slow_second_handshake(&authority, &go).await;
    let url = format!("https://localhost:{}", server.addr().port());
    let core = core(&url).tls(authority.trust()).connect_timeout(secs(60)).build().unwrap();
    let first = call(&core);
    tokio::time::sleep(ms(50)).await;
    let second = call(&core);
    first.await.unwrap();
    second.await.unwrap();
    drop(core);
    let before = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    go.notify_one();
    server.deserted().await;
    assert!(tokio::runtime::Handle::current().metrics().num_alive_tasks() <= before);
}

/// Where HTTP/2 is offered and the server does not pick it, each call has a connection all the same.
#[cfg(feature = "http2")]
#[tokio::test]
async fn calls_that_wait_for_a_connection_of_http1_make_their_own() {
    const CALLS: usize = 16;
    let authority = Authority::new();
    let (acceptor, all) = (authority.server(), Arc::new(Barrier::new(CALLS)));
    let server = RawServer::start(move |stream, _| {
        let (acceptor, all) = (acceptor.clone(), Arc::clone(&all));
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            while read_request(&mut stream).await.is_some() {
                all.wait().await;
                stream.write_all(ANSWER).await.unwrap();
                stream.flush().await.unwrap();
            }
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    let core = core(&url).tls(authority.trust().http2(true)).connect_timeout(secs(60)).build().unwrap();
    for _ in 0..2 {
        let mut wave = JoinSet::new();
        for _ in 0..CALLS {
            let core = core.clone();
            wave.spawn(async move { create(&core, None).await.map(drop) });
        }
        assert!(wave.join_all().await.iter().all(Result::is_ok));
        assert_eq!(server.connections(), CALLS);
    }
}

/// Whoever waits for a dial that fails, or whose call leaves, dials.
#[cfg(feature = "http2")]
#[tokio::test]
async fn calls_that_wait_for_a_dial_in_vain_go_on() {
    let authority = Authority::new();
    let acceptor = authority.server();
    let server = RawServer::start(move |stream, number| {
        let acceptor = acceptor.clone();
        async move {
            match number {
                // Its call leaves.
                0 => std::future::pending().await,
                // It is closed.
                1 => tokio::time::sleep(ms(100)).await,
                _ => {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    while read_request(&mut stream).await.is_some() {
                        stream.write_all(ANSWER).await.unwrap();
                        stream.flush().await.unwrap();
                    }
                }
            }
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    let core = core(&url).tls(authority.trust().http2(true)).connect_timeout(secs(60)).build().unwrap();
    let leaving = call(&core);
    tokio::time::sleep(ms(50)).await;
    let waiting: Vec<_> = (0..8)
        .map(|_| {
            let core = core.clone();
            tokio::spawn(async move { create(&core, None).await.map(drop) })
        })
        .collect();
    tokio::time::sleep(ms(50)).await;
    leaving.abort();
    let mut failed = 0;
    for call in waiting {
        if let Err(error) = call.await.unwrap() {
            assert_eq!(error.delivery(), Delivery::NotSent);
            assert_discreet(&error);
            failed += 1;
        }
    }
    assert_eq!(failed, 1, "only the one that met the closed connection");
}

/// Calls in a row over so long, at most so old, and how many connections they take.
async fn connections(server: &RawServer, core: &AuthleteCore, over: Duration) -> usize {
    let end = tokio::time::Instant::now() + over;
    while tokio::time::Instant::now() < end {
        create(core, None).await.unwrap();
        tokio::time::sleep(ms(5)).await;
    }
    server.connections()
}

#[tokio::test]
async fn a_busy_connection_is_replaced_when_it_is_old() {
    let server = RawServer::start(|mut stream, _| async move {
        while read_request(&mut stream).await.is_some() {
            stream.write_all(ANSWER).await.unwrap();
        }
    })
    .await;
    let aging = core(&server.url()).max_connection_age(ms(150)).build().unwrap();
    let taken = connections(&server, &aging, ms(800)).await;
    assert!((3..=6).contains(&taken), "{taken}");
    // Not by default.
    let usual = core(&server.url()).build().unwrap();
    assert_eq!(connections(&server, &usual, ms(300)).await, taken + 1);
    HyperTransport::builder().max_connection_age(Duration::ZERO).build().unwrap_err();
    core(&server.url()).max_connection_age(Duration::ZERO).build().unwrap_err();
}

/// What is under way on an old connection of HTTP/2 goes on.
#[cfg(feature = "http2")]
#[tokio::test]
async fn a_shared_connection_is_replaced_when_it_is_old() {
    let authority = Authority::new();
    let acceptor = authority.server_with("localhost", &["h2"], |_| {});
    let server = RawServer::start(move |stream, _| {
        let acceptor = acceptor.clone();
        async move {
            let stream = acceptor.accept(stream).await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            let mut number = 0;
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                number += 1;
                let pause = if number == 2 { ms(500) } else { ms(0) };
                tokio::spawn(async move {
                    tokio::time::sleep(pause).await;
                    let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                    body.send_data("{}".into(), true).unwrap();
                });
            }
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    let core = core(&url).tls(authority.trust().http2(true)).max_connection_age(ms(200)).build().unwrap();
    create(&core, None).await.unwrap();
    let slow = call(&core);
    tokio::time::sleep(ms(300)).await;
    create(&core, None).await.unwrap();
    slow.await.unwrap();
    assert_eq!(server.connections(), 2);
    drop(core);
    server.deserted().await;
}
