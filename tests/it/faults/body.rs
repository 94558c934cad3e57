//! In the response's body.

use std::time::Duration;

use authlete::{AuthleteError, Delivery, ResponseProblem};
use tokio::io::AsyncWriteExt;

use super::exchange::{End, check, start};
use super::trial::{
    Repeated, Row, Seen, create, has_head, impatient, is_attempt_timeout, is_broken_body, is_connection,
    is_default, is_stall, is_unusable, status,
};
use crate::support::{RawServer, read_request};

const BROKEN: Row = Row { kind: is_connection, delivery: Delivery::MaybeSent, repeated: Repeated::SafeOnly };
const CUT: Row = Row { kind: is_broken_body, ..BROKEN };
const UNUSABLE: Row = Row { kind: is_unusable, delivery: Delivery::MaybeSent, repeated: Repeated::Never };

fn is_too_large(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::ResponseValidation { problem: ResponseProblem::TooLarge, .. })
}

/// A response that promises a body of `length` bytes and sends this one.
fn response(length: u64, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
}

fn chunked(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{body}")
}

/// A server that answers with this head and then sends the same piece over and over.
pub async fn dripping(head: String, piece: Vec<u8>, pause: Duration, seen: &Seen) -> RawServer {
    let seen = seen.clone();
    RawServer::start(move |mut stream, _| {
        let (head, piece, seen) = (head.clone(), piece.clone(), seen.clone());
        async move {
            if read_request(&mut stream).await.is_some() {
                seen.one();
                let mut sent = stream.write_all(head.as_bytes()).await;
                while sent.is_ok() {
                    tokio::time::sleep(pause).await;
                    sent = stream.write_all(&piece).await;
                }
            }
        }
    })
    .await
}

#[tokio::test]
async fn row_32_content_length_beside_chunks() {
    let answer =
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let server = start(answer, End::Silence, &Seen::default()).await;
    status(&impatient(&server.url()).build().unwrap()).await.unwrap();
}

#[tokio::test]
async fn row_33_impossible_content_lengths() {
    let row = Row { repeated: Repeated::Never, ..BROKEN };
    check(row, "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}", End::Silence).await;
    let row = Row { kind: |error| is_connection(error) || is_too_large(error), ..row };
    check(row, response(u64::MAX, "{}"), End::Silence).await;
}

#[tokio::test]
async fn row_34_a_content_length_of_10_gib() {
    check(Row { kind: is_too_large, ..UNUSABLE }, response(10 << 30, "{"), End::Silence).await;
}

#[tokio::test]
async fn row_35_endless_chunks() {
    let seen = Seen::default();
    let piece = [b"10000\r\n".as_slice(), &vec![b' '; 1 << 16], b"\r\n"].concat();
    let server = dripping(chunked(""), piece, Duration::ZERO, &seen).await;
    let core =
        impatient(&server.url()).max_response_bytes(1 << 20).attempt_timeout(Duration::from_secs(20)).build();
    Row { kind: is_too_large, ..UNUSABLE }.check(&core.unwrap(), Some(&seen)).await;
}

#[tokio::test]
async fn row_36_truncated_by_fin() {
    check(CUT, response(30, "{\"requestId\":"), End::Fin).await;
}

#[tokio::test]
async fn row_37_truncated_by_reset() {
    check(CUT, response(30, "{\"requestId\":"), End::Reset).await;
}

#[tokio::test]
async fn row_38_a_stalled_body() {
    check(
        Row { kind: |error| is_stall(error) && has_head(error), ..BROKEN },
        response(30, "{\"requestId\":"),
        End::Silence,
    )
    .await;
}

#[tokio::test]
async fn row_39_a_dripping_body() {
    let seen = Seen::default();
    let server = dripping(response(10_000, "{"), b" ".to_vec(), Duration::from_millis(50), &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    Row { kind: |error| is_attempt_timeout(error) && has_head(error), ..BROKEN }
        .check(&core, Some(&seen))
        .await;
}

#[tokio::test]
async fn row_40_chunk_sizes_that_are_none() {
    for size in ["xyz", "fffffffffffffffff"] {
        let row = Row { repeated: Repeated::Never, ..BROKEN };
        check(row, chunked(&format!("{size}\r\n{{}}\r\n")), End::Silence).await;
    }
}

#[tokio::test]
async fn row_41_a_body_that_only_the_end_of_the_connection_ends() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    check(UNUSABLE, format!("{head}{{\"requestId\":"), End::Fin).await;
}

#[tokio::test]
async fn row_43_a_second_response_nobody_asked_for() {
    let forged = response(18, "{\"requestId\":\"no\"}");
    let seen = Seen::default();
    let server = start(format!("{}{forged}", response(2, "{}")), End::Silence, &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    for calls in 1..=3 {
        create(&core).await.unwrap();
        assert_eq!(
            (seen.count(), server.connections()),
            (calls, calls),
            "a connection out of step was used again"
        );
    }
}

#[tokio::test]
async fn row_44_bytes_after_a_204() {
    let seen = Seen::default();
    let server = start("HTTP/1.1 204 No Content\r\n\r\nsurprise", End::Silence, &seen).await;
    let core = impatient(&server.url()).build().unwrap();
    UNUSABLE.check(&core, Some(&seen)).await;
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn row_68_an_error_body_of_50_mib() {
    let seen = Seen::default();
    let length = 50 << 20;
    let head =
        format!("HTTP/1.1 500 Oops\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{{");
    let server = dripping(head, vec![b' '; 1 << 16], Duration::ZERO, &seen).await;
    let core = impatient(&server.url()).attempt_timeout(Duration::from_secs(20)).build().unwrap();
    let row = Row {
        kind: |error| is_default(error) && error.body().is_some_and(|body| body.len() == 64 << 10),
        ..BROKEN
    };
    row.check(&core, Some(&seen)).await;
}
