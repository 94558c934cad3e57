//! A server of HTTP/2 frames (RFC 9113 section 4), which says what no well-behaved library would.

use std::sync::Arc;

use authlete::AuthleteCoreBuilder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::faults::trial::impatient;
use crate::support::{Authority, RawServer};

pub const DATA: u8 = 0;
pub const HEADERS: u8 = 1;
pub const CONTINUATION: u8 = 9;
pub const RST_STREAM: u8 = 3;
pub const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
pub const END_STREAM: u8 = 1;
const ACK: u8 = 1;

pub const NO_ERROR: u32 = 0;
pub const REFUSED_STREAM: u32 = 7;
pub const ENHANCE_YOUR_CALM: u32 = 11;
/// The last stream ID of a GOAWAY that only announces another.
pub const ALL: u32 = (1 << 31) - 1;

pub const MAX_CONCURRENT_STREAMS: (u16, u32) = (3, 1);
pub const LARGE_WINDOW: (u16, u32) = (4, ALL);

pub struct Frame {
    pub kind: u8,
    pub flags: u8,
    pub stream: u32,
}

impl Frame {
    pub fn ends_request(&self) -> bool {
        matches!(self.kind, DATA | HEADERS) && self.flags & END_STREAM != 0
    }
}

/// One connection, seen from the server.
pub struct Wire {
    stream: TlsStream<TcpStream>,
    /// Whether a PING is answered.
    pub pongs: bool,
}

impl Wire {
    pub async fn accept(acceptor: &TlsAcceptor, stream: TcpStream, settings: &[(u16, u32)]) -> Option<Self> {
        let mut stream = acceptor.accept(stream).await.ok()?;
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).await.ok()?;
        let mut wire = Self { stream, pongs: true };
        let mut payload = Vec::new();
        for (name, value) in settings {
            payload.extend(name.to_be_bytes());
            payload.extend(value.to_be_bytes());
        }
        wire.write(SETTINGS, 0, 0, &payload).await;
        Some(wire)
    }

    /// The stream beneath, for what is no single frame.
    pub fn into_inner(self) -> TlsStream<TcpStream> {
        self.stream
    }

    /// Writes a frame. Whoever has left does not matter here.
    pub async fn write(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        let mut frame = u32::try_from(payload.len()).unwrap().to_be_bytes()[1..].to_vec();
        frame.extend([kind, flags]);
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        let _ = self.stream.write_all(&frame).await;
        let _ = self.stream.flush().await;
    }

    /// The next frame; `None` at the end.
    pub async fn read(&mut self) -> Option<Frame> {
        let mut head = [0; 9];
        self.stream.read_exact(&mut head).await.ok()?;
        let mut payload = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
        self.stream.read_exact(&mut payload).await.ok()?;
        let frame = Frame {
            kind: head[3],
            flags: head[4],
            stream: u32::from_be_bytes([head[5], head[6], head[7], head[8]]),
        };
        match (frame.kind, frame.flags & ACK) {
            (SETTINGS, 0) => self.write(SETTINGS, ACK, 0, &[]).await,
            (PING, 0) if self.pongs => self.write(PING, ACK, 0, &payload).await,
            _ => {}
        }
        Some(frame)
    }

    /// The stream of the next request that is complete; `None` at the end.
    pub async fn request(&mut self) -> Option<u32> {
        loop {
            let frame = self.read().await?;
            if frame.ends_request() {
                return Some(frame.stream);
            }
        }
    }

    /// The head of a 200, as HPACK's static table has it (RFC 7541 appendix A).
    pub async fn begin(&mut self, stream: u32) {
        self.write(HEADERS, 4, stream, &[0x88]).await;
    }

    /// A 200 with an empty object.
    pub async fn answer(&mut self, stream: u32) {
        self.begin(stream).await;
        self.write(DATA, END_STREAM, stream, b"{}").await;
    }

    /// Says which streams will not be processed: those above `last`.
    pub async fn go_away(&mut self, last: u32, reason: u32, data: &str) {
        let payload = [&last.to_be_bytes()[..], &reason.to_be_bytes(), data.as_bytes()].concat();
        self.write(GOAWAY, 0, 0, &payload).await;
    }

    /// Reads until the client leaves.
    pub async fn until_the_end(&mut self) {
        while self.read().await.is_some() {}
    }
}

/// A server with these settings whose connections follow a script, and a core for it.
pub async fn start<F, R>(settings: &'static [(u16, u32)], script: F) -> (RawServer, AuthleteCoreBuilder)
where
    F: Fn(Wire, usize) -> R + Send + Sync + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    let authority = Authority::new();
    let acceptor = authority.server_with("localhost", &["h2"], |_| {});
    let script = Arc::new(script);
    let server = RawServer::start(move |stream, number| {
        let (acceptor, script) = (acceptor.clone(), Arc::clone(&script));
        async move {
            if let Some(wire) = Wire::accept(&acceptor, stream, settings).await {
                script(wire, number).await;
            }
        }
    })
    .await;
    let url = format!("https://localhost:{}", server.addr().port());
    let long = std::time::Duration::from_secs(20);
    let core = impatient(&url)
        .connect_timeout(long)
        .attempt_timeout(long)
        .stall_timeout(long)
        .tls(super::tls(&authority));
    (server, core)
}
