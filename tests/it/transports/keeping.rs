//! Which connections are kept, and for how long.

use std::error::Error;
use std::time::Duration;

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use authlete::{AuthleteError, Delivery, RequestOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;

use crate::fake::{create, ms};
use crate::support::{RawServer, assert_discreet, core, read_request, token};

/// A server that answers every request with these headers.
async fn saying(headers: &'static str) -> RawServer {
    RawServer::start(move |mut stream, _| async move {
        while read_request(&mut stream).await.is_some() {
            let answer = format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    })
    .await
}

/// Row 91: how many connections three calls at once, and one after this pause, take.
async fn connections(headers: &'static str, pause: Duration) -> usize {
    let server = saying(headers).await;
    let core = core(&server.url()).build().unwrap();
    for _ in 0..3 {
        create(&core, None).await.unwrap();
    }
    tokio::time::sleep(pause).await;
    create(&core, None).await.unwrap();
    server.connections()
}

#[tokio::test]
async fn every_host_keeps_a_connection_of_its_own() {
    let mut servers = Vec::new();
    for _ in 0..40 {
        servers.push(saying("").await);
    }
    let core = core(&servers[0].url()).build().unwrap();
    // There and back, so that hosts are added and found before and after others.
    for server in servers.iter().chain(servers.iter().rev()).chain(servers.iter().step_by(7)) {
        let there = RequestOptions::new().base_url(&server.url());
        create(&core, Some(&there)).await.unwrap();
    }
    assert!(servers.iter().all(|server| server.connections() == 1));
}

#[tokio::test]
async fn row_91_a_connection_is_used_no_longer_than_the_server_keeps_it() {
    let cases = [
        ("", 1, 1),
        // Less a second, nothing is left.
        ("Keep-Alive: timeout=1\r\n", 4, 4),
        ("Keep-Alive: timeout=0, max=100\r\n", 4, 4),
        ("keep-alive: max=5, Timeout = \"3\"\r\n", 1, 2),
        ("Keep-Alive: timeout=3600\r\n", 1, 1),
        // What cannot be read says nothing.
        ("Keep-Alive: timeout=soon\r\n", 1, 1),
        ("Keep-Alive: timeout=99999999999999999999999\r\n", 1, 1),
        ("Keep-Alive: \u{e9}\r\n", 1, 1),
    ];
    let mut all = tokio::task::JoinSet::new();
    for (headers, at_once, later) in cases {
        all.spawn(async move {
            assert_eq!(connections(headers, Duration::ZERO).await, at_once, "{headers}");
            assert_eq!(connections(headers, ms(2_200)).await, later, "{headers}");
        });
    }
    while let Some(result) = all.join_next().await {
        result.unwrap();
    }
}

/// Row 92: the server answers when it has seen the head, and reads on when the call has returned.
#[tokio::test]
async fn row_92_an_early_answer_ends_the_request_and_the_connection() {
    for answer in
        ["HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "HTTP/1.1 413 No\r\ncontent-length: 0\r\n\r\n"]
    {
        let (report, mut reports) = mpsc::unbounded_channel();
        let server = RawServer::start(move |mut stream, _| {
            let report = report.clone();
            async move {
                let mut head = [0; 64];
                stream.read_exact(&mut head).await.unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
                tokio::time::sleep(ms(300)).await;
                let mut rest = Vec::new();
                let _ = stream.read_to_end(&mut rest).await;
                let _ = report.send(rest.ends_with(b"]"));
            }
        })
        .await;
        let core = core(&server.url()).build().unwrap();
        let large = AuthTokenCreateBatchApiRequest::new(vec![token(); 200_000]);
        for calls in 1..=2 {
            let result = token_operations_auth_token_create_batch_api(&core, &large, None).await;
            assert_eq!(result.is_ok(), answer.contains("200"), "{result:?}");
            assert_eq!(server.connections(), calls, "a connection in the middle of a request was used again");
            let complete = tokio::time::timeout(Duration::from_secs(10), reports.recv()).await;
            assert!(!complete.expect("the connection stays open").unwrap(), "the whole request arrived");
        }
    }
}

/// Row 28.
#[tokio::test]
async fn row_28_more_headers_than_the_limit_are_an_error_that_names_it() {
    let headers: &'static str =
        Box::leak((0..150).map(|number| format!("x-{number}: y\r\n")).collect::<String>().into_boxed_str());
    let server = saying(headers).await;
    let error = create(&core(&server.url()).build().unwrap(), None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Connection { .. }), "{error:?}");
    assert_eq!(error.delivery(), Delivery::MaybeSent);
    assert!(error.source().unwrap().to_string().contains("max_headers"), "{:?}", error.source());
    assert_discreet(&error);
    let error = create(&core(&server.url()).max_headers(150).build().unwrap(), None).await.unwrap_err();
    assert!(error.source().unwrap().to_string().contains("max_headers"), "content-length is one more");
    let answer = create(&core(&server.url()).max_headers(151).build().unwrap(), None).await.unwrap();
    assert_eq!(answer.http.headers.len(), 151);
}

#[tokio::test]
async fn a_connection_is_closed_when_the_servers_time_is_up() {
    let server = saying("Keep-Alive: timeout=2\r\n").await;
    let core = core(&server.url()).idle_timeout(Duration::from_secs(3_600)).build().unwrap();
    create(&core, None).await.unwrap();
    server.deserted().await;
}
