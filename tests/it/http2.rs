//! HTTP/2 over TLS, where the server picks it.

mod floods;
mod goaway;
mod liveness;
mod streams;
mod wire;

use std::time::Duration;

use authlete::transport::TlsConfig;
use authlete::{AuthleteCore, Delivery};
use bytes::Bytes;
use h2::Reason;
use h2::server::SendResponse;
use http::Request;

use crate::faults::trial::{Repeated, Row, Seen, create, impatient, is_broken_body, is_connection, status};
use crate::support::{Authority, BEARER, RawServer, SERVER_SECRET};

/// Settings with which the servers here are trusted and spoken to.
fn tls(authority: &Authority) -> TlsConfig {
    authority.trust().http2(true)
}

/// What the server does with a stream.
type Answer = fn(Request<h2::RecvStream>, SendResponse<Bytes>) -> Then;

/// What it does with the connection after that.
enum Then {
    GoOn,
    Close,
}

async fn start(answer: Answer, seen: &Seen) -> (RawServer, AuthleteCore) {
    start_for(&Authority::new(), answer, seen).await
}

/// The same under an authority of the caller's.
async fn start_for(authority: &Authority, answer: Answer, seen: &Seen) -> (RawServer, AuthleteCore) {
    let acceptor = authority.server_with("localhost", &["h2"], |_| {});
    let seen = seen.clone();
    let server = RawServer::start(move |stream, _| {
        let (acceptor, seen) = (acceptor.clone(), seen.clone());
        async move {
            let stream = acceptor.accept(stream).await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((request, respond))) = connection.accept().await {
                seen.one();
                match answer(request, respond) {
                    Then::GoOn => {}
                    Then::Close => return,
                }
            }
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    (server, impatient(&url).tls(tls(authority)).build().unwrap())
}

fn succeed(request: Request<h2::RecvStream>, mut respond: SendResponse<Bytes>) -> Then {
    assert_eq!(request.headers()["authorization"], format!("Bearer {BEARER}"));
    assert!(request.uri().path().starts_with("/api/1234567890/auth/token/create/batch"));
    assert_eq!(request.headers().contains_key("content-length"), request.method() == http::Method::POST);
    // None of these is HTTP/2's (RFC 9113 section 8.2.2).
    for name in ["host", "keep-alive", "proxy-connection", "te", "upgrade"] {
        assert!(!request.headers().contains_key(name), "{name}");
    }
    let response = http::Response::builder().header("content-type", "application/json").body(()).unwrap();
    let mut body = respond.send_response(response, false).unwrap();
    body.send_data(Bytes::from_static(b"{}"), true).unwrap();
    Then::GoOn
}

fn reset(respond: &mut SendResponse<Bytes>, reason: Reason) -> Then {
    respond.send_reset(reason);
    Then::GoOn
}

const BROKEN: Row = Row { kind: is_connection, delivery: Delivery::MaybeSent, repeated: Repeated::SafeOnly };

#[tokio::test]
async fn calls_share_one_connection() {
    let seen = Seen::default();
    let (server, core) = start(succeed, &seen).await;
    status(&core).await.unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let core = core.clone();
            tokio::spawn(async move { create(&core).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((seen.count(), server.connections()), (21, 1));
}

#[tokio::test]
async fn headers_of_one_connection_stay_behind() {
    let seen = Seen::default();
    let authority = Authority::new();
    let (server, _) = start_for(&authority, succeed, &seen).await;
    let core = impatient(&format!("https://localhost:{}", server.addr().port())).tls(tls(&authority));
    let core = core
        .header("keep-alive", "x")
        .header("proxy-connection", "x")
        .header("te", "x")
        .header("upgrade", "x");
    create(&core.build().unwrap()).await.unwrap();
    assert_eq!(seen.count(), 1);
}

#[tokio::test]
async fn trailers_are_passed_over_and_an_announced_length_is_believed() {
    let seen = Seen::default();
    let with_trailers: Answer = |_, mut respond| {
        let mut body = respond.send_response(http::Response::new(()), false).unwrap();
        body.send_data(Bytes::from_static(b"{}"), false).unwrap();
        let trailers = [("x", "y")].map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        body.send_trailers(trailers.into_iter().collect()).unwrap();
        Then::GoOn
    };
    let (server, core) = start(with_trailers, &seen).await;
    status(&core).await.unwrap();
    create(&core).await.unwrap();
    assert_eq!(server.connections(), 1);

    let too_long: Answer = |_, mut respond| {
        let response = http::Response::builder().header("content-length", 10_u64 << 30).body(()).unwrap();
        // Nothing of it ever comes.
        std::mem::forget(respond.send_response(response, false).unwrap());
        Then::GoOn
    };
    let (_server, core) = start(too_long, &seen).await;
    let error = status(&core).await.unwrap_err();
    let too_large = authlete::ResponseProblem::TooLarge;
    assert!(
        matches!(&error, authlete::AuthleteError::ResponseValidation { problem, .. } if *problem == too_large),
        "{error:?}"
    );
}

#[tokio::test]
async fn row_47_a_refused_stream_was_not_processed() {
    let seen = Seen::default();
    let (_server, core) = start(|_, mut respond| reset(&mut respond, Reason::REFUSED_STREAM), &seen).await;
    Row { delivery: Delivery::NotSent, repeated: Repeated::Any, ..BROKEN }.check(&core, Some(&seen)).await;
}

#[tokio::test]
async fn row_48_any_other_reset_may_have_been_processed() {
    let answers: [Answer; 2] = [
        |_, mut respond| reset(&mut respond, Reason::INTERNAL_ERROR),
        |_, mut respond| reset(&mut respond, Reason::CANCEL),
    ];
    for answer in answers {
        let seen = Seen::default();
        let (_server, core) = start(answer, &seen).await;
        BROKEN.check(&core, Some(&seen)).await;
    }
}

#[tokio::test]
async fn row_49_a_connection_that_ends_under_the_stream() {
    let seen = Seen::default();
    let (_server, core) = start(|_, _| Then::Close, &seen).await;
    BROKEN.check(&core, Some(&seen)).await;
}

/// Begins an answer and takes it back.
fn reset_in_the_body(mut respond: SendResponse<Bytes>, reason: Reason) -> Then {
    let response = http::Response::builder().header("x-secret", SERVER_SECRET).body(()).unwrap();
    let mut body = respond.send_response(response, false).unwrap();
    body.send_data(Bytes::from_static(b"{"), false).unwrap();
    tokio::spawn(async move {
        // A reset takes back what has not left yet.
        tokio::time::sleep(Duration::from_millis(50)).await;
        body.send_reset(reason);
    });
    Then::GoOn
}

#[tokio::test]
async fn a_reset_in_the_body_breaks_the_exchange_whatever_its_reason() {
    // With a response begun, even a "refused" stream was processed.
    let answers: [Answer; 2] = [
        |_, respond| reset_in_the_body(respond, Reason::INTERNAL_ERROR),
        |_, respond| reset_in_the_body(respond, Reason::REFUSED_STREAM),
    ];
    for answer in answers {
        let seen = Seen::default();
        let (_server, core) = start(answer, &seen).await;
        Row { kind: is_broken_body, ..BROKEN }.check(&core, Some(&seen)).await;
    }
}
