//! What an observer is told of connections.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use authlete::transport::HyperTransport;
use authlete::{Attempt, CloseReason, ConnectionEvent, Observer};
use tokio::io::AsyncWriteExt as _;

use crate::fake::batch_status;
use crate::support::{RawServer, core, read_request, simulator};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Observer for Log {
    fn attempt(&self, _: &Attempt<'_>) {}

    fn connection(&self, event: &ConnectionEvent) {
        self.0.lock().unwrap().push(match event {
            ConnectionEvent::Opened { is_http2, .. } => format!("opened, HTTP/2 {is_http2}"),
            ConnectionEvent::Reused => "reused".to_owned(),
            ConnectionEvent::Closed { reason, .. } => format!("closed {reason:?}"),
            other => format!("{other:?}"),
        });
        // It may do as it likes.
        panic!("an observer's");
    }
}

impl Log {
    fn told(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// Waits until so many events have been told.
    async fn wait(&self, events: usize) -> Vec<String> {
        for _ in 0..2_000 {
            if self.told().len() >= events {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.told()
    }
}

/// A server that answers as often as it is asked, on every connection.
async fn patient() -> RawServer {
    RawServer::start(|mut stream, _| async move {
        while read_request(&mut stream).await.is_some() {
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}";
            if stream.write_all(answer).await.is_err() {
                break;
            }
        }
    })
    .await
}

#[tokio::test]
async fn opened_reused_and_dropped_with_the_core() {
    let (simulator, log) = (simulator().await, Log::default());
    let core = core(simulator.url()).observer(log.clone()).build().unwrap();
    for _ in 0..3 {
        let _ = batch_status(&core, None).await;
    }
    drop(core);
    let expected = ["opened, HTTP/2 false", "reused", "reused", "closed Dropped"];
    assert_eq!(log.wait(4).await, expected);
}

#[tokio::test]
async fn unused_too_old_and_not_kept() {
    let server = patient().await;
    let ms = Duration::from_millis;
    for (idle, age, reason) in [
        (ms(50), Duration::from_secs(60), CloseReason::Idle),
        (Duration::from_secs(60), ms(50), CloseReason::Aged),
        (Duration::ZERO, Duration::from_secs(60), CloseReason::NotKept),
    ] {
        let log = Log::default();
        let transport =
            HyperTransport::builder().idle_timeout(idle).max_connection_age(age).observer(log.clone());
        let core = core(&server.url()).transport(transport.build().unwrap()).build().unwrap();
        batch_status(&core, None).await.unwrap();
        assert_eq!(log.wait(2).await, ["opened, HTTP/2 false".to_owned(), format!("closed {reason:?}")]);
    }
}

#[tokio::test]
async fn closed_by_the_server() {
    // Each connection answers once.
    let server = RawServer::start(|mut stream, _| async move {
        read_request(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    })
    .await;
    let log = Log::default();
    let core = core(&server.url()).observer(log.clone()).build().unwrap();
    for _ in 0..2 {
        batch_status(&core, None).await.unwrap();
        server.deserted().await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = log.told();
    let expected = ["opened, HTTP/2 false", "closed ByPeer", "opened, HTTP/2 false"];
    assert_eq!(told.iter().filter(|event| *event != "reused").take(3).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn an_exchange_without_an_end() {
    let server = RawServer::start(|mut stream, _| async move {
        read_request(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    let log = Log::default();
    let core = core(&server.url()).observer(log.clone()).attempt_timeout(Duration::from_millis(100));
    batch_status(&core.build().unwrap(), None).await.unwrap_err();
    assert_eq!(log.wait(2).await, ["opened, HTTP/2 false", "closed Unfinished"]);
}
