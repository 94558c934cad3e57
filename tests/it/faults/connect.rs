//! Before anything is sent.

use std::time::Duration;

use authlete::{AuthleteError, Delivery};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::trial::{Repeated, Row, create, impatient, is_connect_timeout, is_connection};
use crate::support::{RawServer, assert_discreet, core};

pub const NOT_CONNECTED: Row =
    Row { kind: is_connection, delivery: Delivery::NotSent, repeated: Repeated::Any };

fn https(server: &RawServer) -> String {
    format!("https://localhost:{}", server.addr().port())
}

#[tokio::test]
async fn row_01_refused() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let core = impatient(&format!("http://{closed}")).build().unwrap();
    NOT_CONNECTED.check(&core, None).await;
}

#[tokio::test]
async fn row_02_a_name_that_nobody_has() {
    // No label has over 63 characters (RFC 1035 section 2.3.4), which a resolver knows without asking anybody.
    let core = impatient(&format!("https://{}.invalid", "a".repeat(64))).build().unwrap();
    NOT_CONNECTED.check(&core, None).await;
}

/// Linux alone drops what comes to a full queue.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn row_03_no_answer_to_the_first_packet() {
    use tokio::net::{TcpSocket, TcpStream};

    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let addr = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(queued) = tokio::time::timeout(Duration::from_millis(500), TcpStream::connect(addr)).await {
        queue.push(queued.unwrap());
    }
    let core = impatient(&format!("http://{addr}")).connect_timeout(Duration::from_millis(100));
    let core = core.attempt_timeout(Duration::from_secs(60)).build().unwrap();
    Row { kind: is_connect_timeout, ..NOT_CONNECTED }.check(&core, None).await;
}

#[tokio::test]
async fn row_07_reset_on_accept() {
    // Under TLS the reset always comes before the request.
    let server = RawServer::start(|stream, _| async move { stream.set_zero_linger().unwrap() }).await;
    let core = impatient(&https(&server)).build().unwrap();
    NOT_CONNECTED.check(&core, None).await;
    assert_eq!(server.connections(), 6);
}

#[tokio::test]
async fn row_08_tls_handshake_stall() {
    let server = RawServer::start(|mut stream, _| async move {
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    let core = impatient(&https(&server))
        .connect_timeout(Duration::from_millis(100))
        .attempt_timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    Row { kind: is_connect_timeout, ..NOT_CONNECTED }.check(&core, None).await;
    server.deserted().await;
    assert_eq!(server.connections(), 6);
}

#[tokio::test]
async fn row_09_plaintext_server() {
    let server = RawServer::start(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    let core = impatient(&https(&server)).build().unwrap();
    Row { repeated: Repeated::Never, ..NOT_CONNECTED }.check(&core, None).await;
}

#[tokio::test]
async fn row_14_fin_during_the_handshake() {
    let server = RawServer::start(|mut stream, _| async move {
        let _ = stream.read(&mut [0; 16]).await;
    })
    .await;
    let core = impatient(&https(&server)).build().unwrap();
    NOT_CONNECTED.check(&core, None).await;
}

#[test]
fn row_15_plain_http_base_url() {
    let error = core("http://authlete.example").build().unwrap_err();
    assert!(matches!(error, AuthleteError::SdkValidation { .. }));
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_discreet(&error);
}

#[test]
fn row_71_bearer_with_a_line_break() {
    for bearer in ["canary-bearer-3f9c\r\nX: y", "canary-bearer-3f9c\n", "canary-bearer-3f9c\0", ""] {
        let error = core("http://127.0.0.1:1").bearer(bearer).build().unwrap_err();
        assert!(matches!(error, AuthleteError::Credential { .. }));
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert_discreet(&error);
    }
}

#[tokio::test]
async fn row_74_path_values_that_would_change_the_route() {
    let server = RawServer::start(|_, _| async {}).await;
    for id in ["", ".", "..", "a\0b", "line\nbreak"] {
        let core = core(&server.url()).service_id(id).build().unwrap();
        let error = create(&core).await.unwrap_err();
        assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{id:?}: {error:?}");
        assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0));
        assert_discreet(&error);
    }
    assert_eq!(server.connections(), 0);
}
