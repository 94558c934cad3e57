//! One connection: hyper's handle, and the task that drives it.

use std::future::poll_fn;
use std::io::ErrorKind;
#[cfg(feature = "http2")]
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::uri::PathAndQuery;
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
#[cfg(feature = "http2")]
use hyper::client::conn::http2;
use hyper::client::conn::{TrySendError, http1};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::super::{BoxFuture, TransportError};
use super::connect::failed;
use super::pool::Host;
use super::stream::Stream;

pub(super) type Outgoing = Request<Full<Bytes>>;

/// A connection, or with HTTP/2 a share in one.
pub(super) enum Connection {
    Http1 {
        sender: http1::SendRequest<Full<Bytes>>,
        #[allow(dead_code, reason = "held for its drop")]
        task: Task,
    },
    #[cfg(feature = "http2")]
    Http2 { sender: http2::SendRequest<Full<Bytes>>, task: Arc<Task> },
}

/// The task that reads and writes; it ends with its handle.
pub(super) struct Task(JoinHandle<()>);

impl Task {
    fn spawn(connection: impl Future<Output = hyper::Result<()>> + Send + 'static) -> Self {
        Self(spawn(Box::pin(async move {
            // Whoever waits for a response hears of the error.
            let _ = connection.await;
        })))
    }
}

/// Starts a task of whatever kind. tokio has as much code for a kind of task as this crate has for a request.
pub(super) fn spawn(work: BoxFuture<'static, ()>) -> JoinHandle<()> {
    tokio::spawn(work)
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Connection {
    pub(super) async fn http1(stream: Stream) -> Result<Self, TransportError> {
        let (sender, connection) = http1::handshake(stream).await.map_err(not_established)?;
        Ok(Self::Http1 { sender, task: Task::spawn(connection) })
    }

    #[cfg(feature = "http2")]
    pub(super) async fn http2(stream: Stream) -> Result<Self, TransportError> {
        let executor = hyper_util::rt::TokioExecutor::new();
        let (sender, connection) = http2::handshake(executor, stream).await.map_err(not_established)?;
        Ok(Self::Http2 { sender, task: Arc::new(Task::spawn(connection)) })
    }

    /// Another share in the connection, if it can be shared.
    pub(super) fn share(&self) -> Option<Self> {
        match self {
            Self::Http1 { .. } => None,
            #[cfg(feature = "http2")]
            Self::Http2 { sender, task } => {
                Some(Self::Http2 { sender: sender.clone(), task: Arc::clone(task) })
            }
        }
    }

    /// Whether there are other shares.
    pub(super) fn is_shared(&self) -> bool {
        match self {
            Self::Http1 { .. } => false,
            #[cfg(feature = "http2")]
            Self::Http2 { task, .. } => Arc::strong_count(task) > 1,
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::Http1 { sender, .. } => sender.is_closed(),
            #[cfg(feature = "http2")]
            Self::Http2 { sender, .. } => sender.is_closed(),
        }
    }

    /// Waits for the connection to take a request, which it normally does at once. It does not while an earlier
    /// request is still being written, which happens if the server answered before it had read all of it.
    pub(super) async fn is_usable(&mut self) -> bool {
        const PATIENCE: Duration = Duration::from_millis(100);
        let at_once = poll_fn(|context| Poll::Ready(self.poll_usable(context))).await;
        match at_once {
            Poll::Ready(usable) => usable,
            Poll::Pending => {
                timeout(PATIENCE, poll_fn(|context| self.poll_usable(context))).await.unwrap_or(false)
            }
        }
    }

    fn poll_usable(&mut self, context: &mut Context<'_>) -> Poll<bool> {
        match self {
            Self::Http1 { sender, .. } => sender.poll_ready(context).map(|ready| ready.is_ok()),
            #[cfg(feature = "http2")]
            Self::Http2 { sender, .. } => sender.poll_ready(context).map(|ready| ready.is_ok()),
        }
    }

    pub(super) async fn send(
        &mut self,
        host: &Host,
        mut request: Outgoing,
    ) -> Result<Response<Incoming>, TrySendError<Outgoing>> {
        let target = request.uri().path_and_query().cloned();
        let target = target.unwrap_or_else(|| PathAndQuery::from_static("/"));
        match self {
            Self::Http1 { sender, .. } => {
                *request.uri_mut() = Uri::from(target);
                request.headers_mut().insert(HOST, host.header.clone());
                sender.try_send_request(request).await
            }
            #[cfg(feature = "http2")]
            Self::Http2 { sender, .. } => {
                let mut parts = http::uri::Parts::default();
                parts.scheme = Some(http::uri::Scheme::HTTPS);
                parts.authority = Some(host.authority.clone());
                parts.path_and_query = Some(target);
                // It cannot fail with all three parts; if it did, hyper would refuse the request.
                *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
                request.headers_mut().remove(HOST);
                sender.try_send_request(request).await
            }
        }
    }
}

fn not_established(error: hyper::Error) -> TransportError {
    failed("the connection failed", error)
}

/// An exchange that broke after the request may have left.
pub(super) fn broken(error: hyper::Error) -> TransportError {
    // What hyper cannot parse, or would not send, stays that way.
    let permanent = error.is_parse() || error.is_user() || is_malformed(&error);
    let unsent = error.is_canceled() || is_refused_stream(&error);
    let source = match io_kind(&error) {
        // The kind says it all, and rustls puts a URL into the text.
        Some(kind @ ErrorKind::UnexpectedEof) => std::io::Error::from(kind).into(),
        _ => error.into(),
    };
    let error = TransportError::with("the exchange broke off", Some(source));
    let error = if permanent { error.permanent() } else { error };
    if unsent { error.not_sent() } else { error }
}

/// Whether the body's framing was wrong, which hyper reports as an error of input.
fn is_malformed(error: &hyper::Error) -> bool {
    matches!(io_kind(error), Some(ErrorKind::InvalidInput | ErrorKind::InvalidData))
}

/// The kind of the I/O error beneath, if there is one.
fn io_kind(error: &hyper::Error) -> Option<ErrorKind> {
    let source = std::error::Error::source(error)?.downcast_ref::<std::io::Error>()?;
    Some(source.kind())
}

/// Whether HTTP/2 says that nothing of the request was processed (RFC 9113 section 8.7).
#[cfg(feature = "http2")]
fn is_refused_stream(error: &hyper::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            return error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        }
        cause = error.source();
    }
    false
}

#[cfg(not(feature = "http2"))]
fn is_refused_stream(_: &hyper::Error) -> bool {
    false
}
