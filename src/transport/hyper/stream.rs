//! What hyper reads from and writes to.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
#[cfg(feature = "_tls")]
use tokio_rustls::client::TlsStream;

/// A TCP stream, bare or under TLS.
pub(super) enum Stream {
    Plain(TokioIo<TcpStream>),
    #[cfg(feature = "_tls")]
    Tls(Box<TokioIo<TlsStream<TcpStream>>>),
}

impl Stream {
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self::Plain(TokioIo::new(stream))
    }

    #[cfg(feature = "_tls")]
    pub(super) fn tls(stream: TlsStream<TcpStream>) -> Self {
        Self::Tls(Box::new(TokioIo::new(stream)))
    }

    /// The stream for a protocol that is not hyper's.
    #[cfg(feature = "http2")]
    pub(super) fn into_tls(self) -> Option<TlsStream<TcpStream>> {
        match self {
            Self::Plain(_) => None,
            Self::Tls(stream) => Some(stream.into_inner()),
        }
    }

    /// Whether the server has picked HTTP/2 by ALPN (RFC 7301).
    #[cfg(feature = "http2")]
    pub(super) fn selected_http2(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Tls(stream) => stream.inner().get_ref().1.alpn_protocol() == Some(b"h2"),
        }
    }
}

macro_rules! delegate {
    ($self:ident.$method:ident($($argument:expr),*)) => {
        match $self.get_mut() {
            Stream::Plain(stream) => Pin::new(stream).$method($($argument),*),
            #[cfg(feature = "_tls")]
            Stream::Tls(stream) => Pin::new(&mut **stream).$method($($argument),*),
        }
    };
}

impl Read for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        delegate!(self.poll_read(context, buffer))
    }
}

impl Write for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        delegate!(self.poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        delegate!(self.poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        delegate!(self.poll_shutdown(context))
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Plain(stream) => stream.is_write_vectored(),
            #[cfg(feature = "_tls")]
            Self::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        delegate!(self.poll_write_vectored(context, slices))
    }
}
