//! A server that fails in every way there is, as its ledger's numbers decide.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::Reason;
use h2::server::SendResponse;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use super::ledger::Ledger;
use crate::support::{Authority, read_request};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Protocol {
    Plain,
    Tls,
    Http2,
}

impl Protocol {
    /// One request in so many meets a fault, so that handshakes are not all there is.
    fn rarity(self) -> u64 {
        if self == Self::Plain { 3 } else { 6 }
    }
}

/// Starts the server on the runtime of the caller, for as long as that lasts, and returns its URL.
pub async fn start(protocol: Protocol, authority: &Authority, ledger: Arc<Ledger>) -> String {
    let protocols: &[&str] = if protocol == Protocol::Http2 { &["h2"] } else { &[] };
    let acceptor = authority.server_with("localhost", protocols, |_| {});
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(connection(protocol, stream, number, acceptor.clone(), Arc::clone(&ledger)));
        }
    });
    match protocol {
        Protocol::Plain => format!("http://127.0.0.1:{port}"),
        Protocol::Tls | Protocol::Http2 => format!("https://localhost:{port}"),
    }
}

async fn connection(
    protocol: Protocol,
    mut stream: TcpStream,
    number: usize,
    acceptor: TlsAcceptor,
    ledger: Arc<Ledger>,
) {
    // Over TLS connections are few, so more of them fail.
    match ledger.decide(number, if protocol == Protocol::Tls { 10 } else { 40 }) {
        0 => return stream.set_zero_linger().unwrap(),
        1 => {
            let _ = stream.read(&mut [0; 16]).await;
            return;
        }
        _ => {}
    }
    match protocol {
        Protocol::Plain => http1(&mut stream, protocol, &ledger).await,
        Protocol::Tls => {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                http1(&mut stream, protocol, &ledger).await;
            }
        }
        Protocol::Http2 => {
            if let Ok(stream) = acceptor.accept(stream).await {
                http2(stream, protocol, ledger).await;
            }
        }
    }
}

/// What the request is about: the token to create, or the batch that is asked for.
fn id(path: &str, body: &str) -> String {
    let of_token = body.split_once("\"accessToken\":\"").and_then(|(_, rest)| rest.split('"').next());
    of_token.unwrap_or_else(|| path.rsplit('/').next().unwrap()).to_owned()
}

fn answer(status: u16, headers: &str) -> String {
    format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}content-length: 2\r\n\r\n{{}}")
}

/// Requests one after another, until one of them ends the connection.
async fn http1(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), protocol: Protocol, ledger: &Ledger) {
    const FAULTS: u64 = 15;
    while let Some(request) = read_request(stream).await {
        let path = request.split(' ').nth(1).unwrap();
        let path = path.split('?').next().unwrap();
        let id = id(path, request.rsplit("\r\n\r\n").next().unwrap());
        let fault = ledger.see(&id, FAULTS * protocol.rarity());
        let (text, goes_on) = match fault {
            0 => (answer(503, ""), true),
            1 => (answer(429, ""), true),
            2 => (answer(400, ""), true),
            3 => (answer(401, "connection: close\r\n"), false),
            4 => (answer(500, ""), true),
            5 => (answer(504, ""), false),
            6 => (String::new(), false),
            7 => ("HTTP/1.1 200 OK\r\ncontent-ty".to_owned(), false),
            8 => ("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_owned(), false),
            9 => ("what is this?\r\n\r\n".to_owned(), false),
            10 => (answer(200, "connection: close\r\n"), false),
            11 => (answer(200, "keep-alive: timeout=1\r\n"), true),
            // Closed without a word, at once or a moment later: the next request may meet the end.
            12 | 13 => (answer(200, ""), false),
            // No answer at all.
            14 => (String::new(), true),
            _ => (answer(200, ""), true),
        };
        match fault {
            0..=3 => ledger.refused(&id),
            _ => ledger.done(&id),
        }
        let _ = stream.write_all(text.as_bytes()).await;
        let _ = stream.flush().await;
        if !goes_on {
            if fault == 13 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            return;
        }
    }
}

/// What a stream wants of its connection.
enum Wish {
    Close,
    Leave,
}

async fn http2(stream: impl AsyncRead + AsyncWrite + Unpin, protocol: Protocol, ledger: Arc<Ledger>) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    let (wish, mut wishes) = mpsc::unbounded_channel();
    loop {
        tokio::select! {
            accepted = connection.accept() => match accepted {
                Some(Ok((request, respond))) => {
                    tokio::spawn(http2_stream(request, respond, protocol, Arc::clone(&ledger), wish.clone()));
                }
                _ => return,
            },
            Some(wish) = wishes.recv() => match wish {
                Wish::Close => return,
                Wish::Leave => connection.graceful_shutdown(),
            },
        }
    }
}

async fn http2_stream(
    request: http::Request<h2::RecvStream>,
    mut respond: SendResponse<Bytes>,
    protocol: Protocol,
    ledger: Arc<Ledger>,
    wish: mpsc::UnboundedSender<Wish>,
) {
    const FAULTS: u64 = 12;
    let (head, mut body) = request.into_parts();
    let mut text = Vec::new();
    while let Some(data) = body.data().await {
        let Ok(data) = data else { return };
        let _ = body.flow_control().release_capacity(data.len());
        text.extend_from_slice(&data);
    }
    let id = id(head.uri.path(), &String::from_utf8_lossy(&text));
    let fault = ledger.see(&id, FAULTS * protocol.rarity());
    match fault {
        0..=3 => ledger.refused(&id),
        // Refused as a stream, which is not even seen.
        4 | 5 => {}
        _ => ledger.done(&id),
    }
    let status = match fault {
        0 => 503,
        1 => 429,
        2 => 400,
        3 => 401,
        4 | 5 => return respond.send_reset(Reason::REFUSED_STREAM),
        6 => return respond.send_reset(Reason::INTERNAL_ERROR),
        7 => 500,
        8 => {
            let _ = wish.send(Wish::Close);
            return tokio::time::sleep(Duration::from_secs(1)).await;
        }
        9 => return tokio::time::sleep(Duration::from_secs(1)).await,
        10 => {
            let _ = wish.send(Wish::Leave);
            200
        }
        11 => {
            let Ok(mut body) = respond.send_response(http::Response::new(()), false) else { return };
            let _ = body.send_data(Bytes::from_static(b"{"), false);
            tokio::time::sleep(Duration::from_millis(1)).await;
            return body.send_reset(Reason::CANCEL);
        }
        _ => 200,
    };
    let response = http::Response::builder().status(status).header("content-type", "application/json");
    if let Ok(mut body) = respond.send_response(response.body(()).unwrap(), false) {
        let _ = body.send_data(Bytes::from_static(b"{}"), true);
    }
}
