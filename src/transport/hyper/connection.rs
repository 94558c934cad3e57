//! One connection: hyper's handle, and the task that drives it.

use std::future::poll_fn;
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
use super::fault::failed;
use super::origin::Origin;
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
    /// Speaks over the stream what the server has picked.
    pub(super) async fn over(stream: Stream) -> Result<Self, TransportError> {
        let established = async {
            #[cfg(feature = "http2")]
            if stream.selected_http2() {
                return Self::http2(stream).await;
            }
            Self::http1(stream).await
        };
        established.await.map_err(|error| failed("the connection failed", error))
    }

    async fn http1(stream: Stream) -> hyper::Result<Self> {
        let (sender, connection) = http1::handshake(stream).await?;
        Ok(Self::Http1 { sender, task: Task::spawn(connection) })
    }

    #[cfg(feature = "http2")]
    async fn http2(stream: Stream) -> hyper::Result<Self> {
        let executor = hyper_util::rt::TokioExecutor::new();
        let (sender, connection) = http2::handshake(executor, stream).await?;
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
        origin: &Origin,
        mut request: Outgoing,
    ) -> Result<Response<Incoming>, TrySendError<Outgoing>> {
        let target = request.uri().path_and_query().cloned();
        let target = target.unwrap_or_else(|| PathAndQuery::from_static("/"));
        match self {
            Self::Http1 { sender, .. } => {
                *request.uri_mut() = Uri::from(target);
                request.headers_mut().insert(HOST, origin.header.clone());
                sender.try_send_request(request).await
            }
            #[cfg(feature = "http2")]
            Self::Http2 { sender, .. } => {
                let mut parts = http::uri::Parts::default();
                parts.scheme = Some(http::uri::Scheme::HTTPS);
                parts.authority = Some(origin.authority.clone());
                parts.path_and_query = Some(target);
                // It cannot fail with all three parts; if it did, hyper would refuse the request.
                *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
                request.headers_mut().remove(HOST);
                sender.try_send_request(request).await
            }
        }
    }
}
