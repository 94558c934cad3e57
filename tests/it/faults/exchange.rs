//! Between the request and the end of the response's head, on raw sockets.

use std::time::Duration;

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use authlete::{AuthleteError, Delivery};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::body::dripping;
use super::trial::{
    ATTEMPTS, Repeated, Row, Seen, create, impatient, is_attempt_timeout, is_connection, is_default,
    is_result, status,
};
use crate::support::{RawServer, SERVER_SECRET, read_request, token};

/// How the server ends after its answer.
#[derive(Clone, Copy)]
pub enum End {
    Fin,
    Reset,
    Silence,
}

/// A server that answers every request with these bytes, and then ends.
pub async fn start(answer: impl Into<Vec<u8>>, end: End, seen: &Seen) -> RawServer {
    let (answer, seen) = (answer.into(), seen.clone());
    RawServer::start(move |mut stream, _| {
        let (answer, seen) = (answer.clone(), seen.clone());
        async move {
            while read_request(&mut stream).await.is_some() {
                seen.one();
                let _ = stream.write_all(&answer).await;
                match end {
                    End::Fin => return,
                    End::Reset => {
                        // What was written must arrive before the reset takes it back.
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        stream.set_zero_linger().unwrap();
                        return;
                    }
                    End::Silence => {
                        let _ = stream.read_to_end(&mut Vec::new()).await;
                    }
                }
            }
        }
    })
    .await
}

/// Lets both operations meet a server of [`start`]. No connection is left when the core is gone.
pub async fn check(row: Row, answer: impl Into<Vec<u8>>, end: End) {
    let seen = Seen::default();
    let server = start(answer, end, &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    row.check(&core, Some(&seen)).await;
    drop(core);
    server.deserted().await;
}

const BROKEN: Row = Row { kind: is_connection, delivery: Delivery::MaybeSent, repeated: Repeated::SafeOnly };
const LATE: Row = Row { kind: is_attempt_timeout, ..BROKEN };
/// What cannot be parsed would not be the next time either.
const PROTOCOL: Row = Row { repeated: Repeated::Never, ..BROKEN };

#[tokio::test]
async fn row_16_fin_after_the_request() {
    check(BROKEN, "", End::Fin).await;
}

#[tokio::test]
async fn row_17_reset_after_the_request() {
    check(BROKEN, "", End::Reset).await;
}

#[tokio::test]
async fn row_18_nobody_reads_the_request() {
    let server = RawServer::start(|stream, _| async move {
        let _stream = stream;
        tokio::time::sleep(Duration::from_secs(60)).await;
    })
    .await;
    // More than the buffers between the two hold. A trial of it creates nothing, so it may be repeated.
    let create = AuthTokenCreateBatchApiRequest::new(vec![token(); 100_000]);
    let attempt = create.clone().dry_run(true);
    let core = impatient(&server.url()).build().unwrap();
    for (request, attempts) in [(create, 1), (attempt, ATTEMPTS)] {
        let before = server.connections();
        let call = token_operations_auth_token_create_batch_api(&core, &request, None);
        LATE.check_error(&call.await.unwrap_err(), attempts);
        assert_eq!(server.connections() - before, attempts as usize);
    }
}

#[tokio::test]
async fn row_19_no_response() {
    check(LATE, "", End::Silence).await;
}

#[tokio::test]
async fn row_20_fin_in_the_headers() {
    check(BROKEN, "HTTP/1.1 200 OK\r\ncontent-ty", End::Fin).await;
}

#[tokio::test]
async fn row_21_stall_in_the_headers() {
    check(LATE, "HTTP/1.1 200 OK\r\ncontent-ty", End::Silence).await;
}

#[tokio::test]
async fn row_22_garbage_for_a_status_line() {
    check(PROTOCOL, format!("garbage {SERVER_SECRET}\r\n\r\n"), End::Silence).await;
}

#[tokio::test]
async fn row_23_an_http_version_of_its_own() {
    check(PROTOCOL, "HTTP/3.0 200 OK\r\ncontent-length: 2\r\n\r\n{}", End::Silence).await;
}

#[tokio::test]
async fn row_24_status_099() {
    check(PROTOCOL, "HTTP/1.1 099 Odd\r\ncontent-length: 2\r\n\r\n{}", End::Silence).await;
}

#[tokio::test]
async fn row_25_status_999() {
    let row = Row { kind: is_result, delivery: Delivery::MaybeSent, repeated: Repeated::Never };
    check(row, "HTTP/1.1 999 Odd\r\ncontent-length: 2\r\n\r\n{}", End::Fin).await;
}

#[tokio::test]
async fn row_26_an_upgrade_nobody_asked_for() {
    let seen = Seen::default();
    let answer = "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n";
    let server = start(answer, End::Silence, &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    let row = Row { kind: is_default, delivery: Delivery::MaybeSent, repeated: Repeated::Never };
    row.check(&core, Some(&seen)).await;
    assert_eq!(server.connections(), 2, "a connection that speaks something else was used again");
}

#[tokio::test]
async fn row_27_endless_informational_responses() {
    let seen = Seen::default();
    let pause = Duration::from_millis(1);
    let server = dripping(String::new(), b"HTTP/1.1 102 Processing\r\n\r\n".to_vec(), pause, &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    LATE.check(&core, Some(&seen)).await;
}

#[tokio::test]
async fn row_28_150_headers() {
    let headers: String = (0..150).map(|number| format!("x-{number}: {SERVER_SECRET}\r\n")).collect();
    check(PROTOCOL, format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}"), End::Silence).await;
}

#[tokio::test]
async fn row_29_a_header_of_a_mebibyte() {
    check(PROTOCOL, format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(1 << 20)), End::Silence).await;
}

#[tokio::test]
async fn row_30_a_folded_header_and_a_nul() {
    for header in [format!("x: a\r\n {SERVER_SECRET}"), format!("x: \0{SERVER_SECRET}")] {
        let answer = format!("HTTP/1.1 200 OK\r\n{header}\r\ncontent-length: 2\r\n\r\n{{}}");
        check(PROTOCOL, answer, End::Silence).await;
    }
}

#[tokio::test]
async fn row_31_conflicting_content_lengths() {
    let seen = Seen::default();
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}";
    let server = start(answer, End::Silence, &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    PROTOCOL.check(&core, Some(&seen)).await;
    assert_eq!(server.connections(), 2, "a connection out of step was used again");
}

#[tokio::test]
async fn row_45_a_stale_connection_is_replaced_unnoticed() {
    let seen = Seen::default();
    let counter = seen.clone();
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    let server = RawServer::start(move |mut stream, _| {
        let seen = counter.clone();
        async move {
            if read_request(&mut stream).await.is_some() {
                seen.one();
                stream.write_all(answer.as_bytes()).await.unwrap();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    })
    .await;
    let core = impatient(&server.url()).build().unwrap();
    for calls in 1..=4 {
        create(&core).await.unwrap();
        assert_eq!((seen.count(), server.connections()), (calls, calls));
        server.deserted().await;
        // What has arrived is noticed the next time the runtime looks.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn row_46_closing_at_any_moment_doubles_nothing() {
    // The server closes right after its answer, so every second call races the end of its connection.
    let seen = Seen::default();
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    let server = start(answer, End::Fin, &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    for calls in 1..=200 {
        match create(&core).await {
            Ok(()) => {}
            Err(error) => assert_eq!(error.delivery(), Delivery::MaybeSent, "{error:?}"),
        }
        assert!(seen.count() <= calls, "{calls} calls made {} requests", seen.count());
    }
}

#[tokio::test]
async fn an_informational_response_is_passed_over() {
    let answer = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let server = start(answer, End::Silence, &Seen::default()).await;
    status(&impatient(&server.url()).build().unwrap()).await.unwrap();
}

#[tokio::test]
async fn the_call_timeout_bounds_all_attempts() {
    let seen = Seen::default();
    let server = start("", End::Silence, &seen).await;
    let core = impatient(&server.url())
        .attempt_timeout(Duration::from_secs(60))
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let error = status(&core).await.unwrap_err();
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: authlete::TimeoutPhase::Call, .. }));
    assert_eq!(seen.count(), 1);
}
