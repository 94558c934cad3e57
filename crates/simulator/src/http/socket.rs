//! A connection, and how it ends.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::shared::Shared;

/// One TCP connection.
pub(super) struct Connection {
    pub(super) number: usize,
    pub(super) peer: SocketAddr,
    reset: AtomicBool,
}

impl Connection {
    pub(super) fn new(number: usize, peer: SocketAddr) -> Self {
        Self { number, peer, reset: AtomicBool::new(false) }
    }

    /// Makes the connection end with RST instead of FIN.
    pub(super) fn end_with_reset(&self) {
        self.reset.store(true, Ordering::SeqCst);
    }
}

/// The stream of a connection, which ends as the connection says.
pub(super) struct Socket {
    stream: TcpStream,
    connection: Arc<Connection>,
    shared: Arc<Shared>,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, connection: Arc<Connection>, shared: Arc<Shared>) -> Self {
        // Only a matter of latency: nothing to do when it fails.
        let _ = stream.set_nodelay(true);
        shared.open.fetch_add(1, Ordering::SeqCst);
        Self { stream, connection, shared }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.connection.reset.load(Ordering::SeqCst) {
            let _ = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
        self.shared.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
