//! Certificates, and an end without `close_notify`.

use authlete::Delivery;
use rcgen::{CertificateParams, date_time_ymd};
use tokio::io::AsyncWriteExt;
use tokio_rustls::TlsAcceptor;

use super::trial::{Repeated, Row, Seen, impatient, is_connection, status};
use crate::support::{Authority, RawServer, read_request};

const UNTRUSTED: Row = Row { kind: is_connection, delivery: Delivery::NotSent, repeated: Repeated::Never };

/// A TLS server that answers every request with these bytes and ends without a word.
async fn start(acceptor: TlsAcceptor, answer: &'static [u8], seen: &Seen) -> (RawServer, String) {
    let seen = seen.clone();
    let server = RawServer::start(move |stream, _| {
        let (acceptor, seen) = (acceptor.clone(), seen.clone());
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            while read_request(&mut stream).await.is_some() {
                seen.one();
                stream.write_all(answer).await.unwrap();
                stream.flush().await.unwrap();
                if !answer.ends_with(b"{}") {
                    return;
                }
            }
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    (server, url)
}

async fn check_untrusted(client: &Authority, acceptor: TlsAcceptor) {
    let seen = Seen::default();
    let (_server, url) = start(acceptor, b"", &seen).await;
    let core = impatient(&url).tls(client.trust()).build().unwrap();
    UNTRUSTED.check(&core, None).await;
    assert_eq!(seen.count(), 0, "a request was sent over an untrusted connection");
}

async fn check_certificate(name: &str, change: impl FnOnce(&mut CertificateParams)) {
    let authority = Authority::new();
    check_untrusted(&authority, authority.server_with(name, &[], change)).await;
}

#[tokio::test]
async fn row_10_unknown_issuer() {
    check_untrusted(&Authority::new(), Authority::new().server()).await;
}

#[tokio::test]
async fn row_11_expired() {
    check_certificate("localhost", |params| params.not_after = date_time_ymd(2020, 1, 1)).await;
}

#[tokio::test]
async fn row_12_not_yet_valid() {
    check_certificate("localhost", |params| params.not_before = date_time_ymd(2100, 1, 1)).await;
}

#[tokio::test]
async fn row_13_wrong_host() {
    check_certificate("elsewhere.example", |_| {}).await;
}

/// Only the end of the connection says that this is all.
const UNMEASURED: &[u8] = b"HTTP/1.1 200 OK\r\n\r\n{\"requestId\":\"r\"}";

#[tokio::test]
async fn row_42_tls_without_close_notify() {
    let authority = Authority::new();
    let measured: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{\"requestId\":";
    for answer in [UNMEASURED, measured, b""] {
        let seen = Seen::default();
        let (_server, url) = start(authority.server(), answer, &seen).await;
        let core = impatient(&url).tls(authority.trust()).build().unwrap();
        let row = Row { kind: is_connection, delivery: Delivery::MaybeSent, repeated: Repeated::SafeOnly };
        row.check(&core, Some(&seen)).await;
    }
}

#[tokio::test]
async fn close_notify_ends_a_body_that_nothing_else_ends() {
    let authority = Authority::new();
    let acceptor = authority.server();
    let server = RawServer::start(move |stream, _| {
        let acceptor = acceptor.clone();
        async move {
            let mut stream = acceptor.accept(stream).await.unwrap();
            read_request(&mut stream).await.unwrap();
            stream.write_all(UNMEASURED).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    status(&impatient(&url).tls(authority.trust()).build().unwrap()).await.unwrap();
}

const EMPTY_OBJECT: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

#[tokio::test]
async fn own_roots_are_trusted_and_connections_reused() {
    let authority = Authority::new();
    let seen = Seen::default();
    let (server, url) = start(authority.server(), EMPTY_OBJECT, &seen).await;
    let core = impatient(&url).tls(authority.trust()).build().unwrap();
    for _ in 0..3 {
        status(&core).await.unwrap();
    }
    assert_eq!((seen.count(), server.connections()), (3, 1));
}

#[tokio::test]
async fn a_client_certificate_is_shown_where_it_is_asked_for() {
    let authority = Authority::new();
    let seen = Seen::default();
    let (_server, url) = start(authority.server_for_known_clients(), EMPTY_OBJECT, &seen).await;
    let anonymous = impatient(&url).tls(authority.trust()).build().unwrap();
    assert!(is_connection(&status(&anonymous).await.unwrap_err()));
    assert_eq!(seen.count(), 0);

    let (chain, key) = authority.issue("client", |_| {});
    let identity = authority.trust().client_certificate_pem(chain.as_bytes(), key.as_bytes());
    let known = impatient(&url).tls(identity).build().unwrap();
    status(&known).await.unwrap();
    assert_eq!(seen.count(), 1);
}

/// Row 105: rustls' own text for it has a URL.
#[tokio::test]
async fn row_105_a_server_that_ends_right_after_the_handshake() {
    let authority = Authority::new();
    let acceptor = authority.server();
    let server = RawServer::start(move |stream, number| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            // At once, or as the request comes.
            if number % 2 == 1 {
                let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 1]).await;
            }
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    for _ in 0..20 {
        let core =
            impatient(&url).tls(authority.trust()).retries(authlete::RetryConfig::None).build().unwrap();
        let error = status(&core).await.unwrap_err();
        assert!(is_connection(&error), "{error:?}");
        crate::support::assert_discreet(&error);
    }
}
