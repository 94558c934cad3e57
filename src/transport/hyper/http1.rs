//! HTTP/1.1, by hyper.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Response};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::time::Instant;

use super::super::TransportError;
use super::common::{ConnectionSettings, Outgoing, Task, Unanswered, spawn};
use super::fault::{broken, failed, no_name, plain};
use super::life::Life;
use super::origin::Origin;
use super::stream::Stream;

pub(super) struct Http1 {
    sender: http1::SendRequest<Full<Bytes>>,
    /// The value of `Host`.
    host: HeaderValue,
    written: Arc<AtomicBool>,
    born: Instant,
    pub(super) life: Life,
    #[allow(dead_code, reason = "held for its drop")]
    task: Task,
}

impl Http1 {
    pub(super) async fn over(
        stream: Stream,
        origin: &Origin,
        settings: &ConnectionSettings,
    ) -> Result<Self, TransportError> {
        let host = HeaderValue::try_from(origin.authority.as_str()).map_err(|_| no_name())?;
        let written = Arc::new(AtomicBool::new(true));
        let stream = Watched { stream, written: Arc::clone(&written) };
        let mut builder = http1::Builder::new();
        if let Some(max) = settings.max_headers {
            builder.max_headers(max);
        }
        let (sender, connection) =
            builder.handshake(stream).await.map_err(|error| failed("the connection failed", plain(error)))?;
        let task = Task(spawn(Box::pin(async move {
            // Whoever waits for a response hears of the error.
            let _ = connection.await;
        })));
        let life = Life::begin(&settings.report, false);
        Ok(Self { sender, host, written, born: Instant::now(), life, task })
    }

    pub(super) fn born(&self) -> Instant {
        self.born
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    pub(super) fn poll_usable(&mut self, context: &mut Context<'_>) -> Poll<bool> {
        self.sender.poll_ready(context).map(|ready| ready.is_ok())
    }

    /// Whether all that was to be sent has left this process. It has not if the server answers before it has read all.
    pub(super) fn has_written(&self) -> bool {
        self.written.load(Ordering::Acquire)
    }

    pub(super) async fn send(
        &mut self,
        mut request: Outgoing,
    ) -> Result<Response<hyper::body::Incoming>, Unanswered> {
        request.headers_mut().insert(HOST, self.host.clone());
        match self.sender.try_send_request(request).await {
            Ok(response) => Ok(response),
            Err(mut error) => Err(match error.take_message() {
                unsent @ Some(_) => {
                    (failed("the connection was closed at once", plain(error.into_error())), unsent)
                }
                None => (broken(error.into_error()), None),
            }),
        }
    }
}

/// A stream that tells whether hyper has written all that it has to write: it flushes only then.
struct Watched {
    stream: Stream,
    written: Arc<AtomicBool>,
}

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.written.store(false, Ordering::Release);
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if let Poll::Ready(Ok(())) = flushed {
            self.written.store(true, Ordering::Release);
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.written.store(false, Ordering::Release);
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }
}
