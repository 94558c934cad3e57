//! HTTP/2, by h2 without hyper, which keeps from its callers what decides here: which streams a GOAWAY spares, how many the
//! server takes at a time, and the task behind a connection.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use h2::client::{Builder, SendRequest};
use h2::{Ping, RecvStream, SendStream};
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderName, TE, TRANSFER_ENCODING, UPGRADE};
use http::{HeaderMap, Method, Request, Response};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use tokio::time::{Instant, sleep_until};
use tokio_rustls::client::TlsStream;

use super::super::TransportError;
use super::common::{Outgoing, Settings, Task, spawn};
use super::fault::{broken_http2, failed, wordless};
use super::stream::Stream;
use crate::timer::after;

/// How long the head of a response may be, as HTTP/2 counts it (RFC 9113 section 6.5.2).
const HEAD: u32 = 64 << 10;

/// A share in a connection.
pub(super) struct Http2 {
    sender: SendRequest<Bytes>,
    shared: Arc<Shared>,
    /// Whether an exchange is under way, of whose end nothing is known.
    unsettled: bool,
}

struct Shared {
    task: Task,
    /// Whether the connection is to be used no more. What is under way on it may go on.
    retired: AtomicBool,
    /// Whether the server has been heard since the last look.
    heard: AtomicBool,
}

impl Http2 {
    pub(super) async fn over(stream: Stream, settings: &Settings) -> Result<Self, TransportError> {
        let Some(stream) = stream.into_tls() else {
            return Err(TransportError::with("HTTP/2 needs TLS", None).not_sent().permanent());
        };
        let handshake = Builder::new()
            .initial_window_size(2 << 20)
            .initial_connection_window_size(5 << 20)
            .max_header_list_size(HEAD)
            // Until the server has said how many streams it takes.
            .initial_max_send_streams(1)
            .enable_push(false)
            .handshake(stream);
        let (sender, connection) =
            handshake.await.map_err(|error| failed("the connection failed", wordless(error)))?;
        let interval = settings.ping_interval;
        let shared = Arc::new_cyclic(|shared| Shared {
            task: Task(spawn(Box::pin(drive(connection, interval, Weak::clone(shared))))),
            retired: AtomicBool::new(false),
            heard: AtomicBool::new(false),
        });
        Ok(Self { sender, shared, unsettled: false })
    }

    pub(super) fn another(&self) -> Self {
        Self { sender: self.sender.clone(), shared: Arc::clone(&self.shared), unsettled: false }
    }

    /// Whether there are other shares.
    pub(super) fn is_lent(&self) -> bool {
        Arc::strong_count(&self.shared) > 1
    }

    /// Whether the server takes another stream, which is asked of a share that is not used itself.
    pub(super) fn has_room(&self) -> bool {
        Arc::strong_count(&self.shared) <= self.sender.current_max_send_streams()
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.shared.retired.load(Ordering::Acquire) || self.shared.task.0.is_finished()
    }

    pub(super) fn poll_usable(&mut self, context: &mut Context<'_>) -> Poll<bool> {
        let usable = ready!(self.sender.poll_ready(context)).is_ok();
        if !usable {
            self.retire();
        }
        Poll::Ready(usable)
    }

    fn retire(&self) {
        self.shared.retired.store(true, Ordering::Release);
    }

    pub(super) async fn send(&mut self, request: Outgoing) -> Result<Response<Incoming>, TransportError> {
        let (mut head, mut body) = request.into_parts();
        let data = body.frame().await.and_then(Result::ok).and_then(|frame| frame.into_data().ok());
        let data = data.unwrap_or_default();
        complete(&mut head.headers, &head.method, data.len());
        let request = Request::from_parts(head, ());
        let (response, stream) = self
            .sender
            .send_request(request, data.is_empty())
            .map_err(|error| failed("the connection takes no request", wordless(error)))?;
        self.unsettled = true;
        let mut upload = Upload { stream, data };
        let mut response = pin!(response);
        let answer = poll_fn(|context| {
            upload.poll(context);
            response.as_mut().poll(context)
        });
        match answer.await {
            Ok(response) => {
                self.heard();
                let length = response
                    .headers()
                    .get(CONTENT_LENGTH)
                    .and_then(|value| value.to_str().ok()?.parse().ok());
                Ok(response.map(|stream| {
                    let heard = Arc::downgrade(&self.shared);
                    Incoming { stream, upload, length, heard }
                }))
            }
            Err(error) => {
                // A reset is a sign of life.
                if error.is_reset() && error.is_remote() {
                    self.settle();
                }
                Err(broken_http2(error))
            }
        }
    }

    /// Ends an exchange of which the server has said how it ended.
    pub(super) fn settle(&mut self) {
        self.unsettled = false;
    }

    fn heard(&self) {
        self.shared.heard.store(true, Ordering::Release);
    }
}

impl Drop for Http2 {
    fn drop(&mut self) {
        if self.unsettled {
            self.retire();
        }
    }
}

/// Adds what the body makes necessary, and removes what HTTP/2 does not allow (RFC 9113 section 8.2.2).
fn complete(headers: &mut HeaderMap, method: &Method, length: usize) {
    const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
    const PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");
    for name in [HOST, CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE, TE] {
        headers.remove(name);
    }
    if length > 0 || [Method::POST, Method::PUT, Method::PATCH].contains(method) {
        headers.insert(CONTENT_LENGTH, length.into());
    }
}

/// What is left to send of a request. The stream is reset if it is dropped before the end.
struct Upload {
    stream: SendStream<Bytes>,
    data: Bytes,
}

impl Upload {
    /// Sends what can be sent. What keeps the rest from being sent is the response's to tell.
    fn poll(&mut self, context: &mut Context<'_>) {
        while !self.data.is_empty() {
            self.stream.reserve_capacity(self.data.len());
            if self.stream.capacity() == 0 {
                match self.stream.poll_capacity(context) {
                    Poll::Ready(Some(Ok(_))) => continue,
                    Poll::Ready(_) => self.data = Bytes::new(),
                    Poll::Pending => {}
                }
                return;
            }
            let part = self.data.split_to(self.stream.capacity().min(self.data.len()));
            if self.stream.send_data(part, self.data.is_empty()).is_err() {
                self.data = Bytes::new();
            }
        }
    }
}

/// The body of a response.
pub(super) struct Incoming {
    stream: RecvStream,
    upload: Upload,
    /// What is left of the announced length.
    length: Option<u64>,
    heard: Weak<Shared>,
}

impl Incoming {
    pub(super) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.upload.poll(context);
        let frame = match ready!(self.stream.poll_data(context)) {
            Some(data) => data.map(|data| {
                // It cannot be more than what has come.
                let _ = self.stream.flow_control().release_capacity(data.len());
                self.length = self.length.map(|length| length.saturating_sub(data.len() as u64));
                Frame::data(data)
            }),
            None => match ready!(self.stream.poll_trailers(context)) {
                Ok(Some(trailers)) => Ok(Frame::trailers(trailers)),
                Ok(None) => return Poll::Ready(None),
                Err(error) => Err(error),
            },
        };
        if let Some(shared) = self.heard.upgrade() {
            shared.heard.store(true, Ordering::Release);
        }
        Poll::Ready(Some(frame.map_err(broken_http2)))
    }

    pub(super) fn is_end_stream(&self) -> bool {
        self.stream.is_end_stream()
    }

    pub(super) fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Reads and writes, and asks a server that is silent while something is under way whether it is there (RFC 9113 section
/// 6.7). Ends if there is no answer for as long again.
async fn drive(
    connection: h2::client::Connection<TlsStream<tokio::net::TcpStream>, Bytes>,
    interval: Duration,
    shared: Weak<Shared>,
) {
    let mut connection = pin!(connection);
    let mut pings = connection.ping_pong();
    let mut clock = pin!(sleep_until(after(Instant::now(), interval)));
    let (mut asked, mut silent) = (false, false);
    poll_fn(|context| {
        while let Some(pings) = &mut pings {
            if asked && pings.poll_pong(context).is_ready() {
                (asked, silent) = (false, false);
            }
            if clock.as_mut().poll(context).is_pending() {
                break;
            }
            clock.as_mut().reset(after(Instant::now(), interval));
            let Some(shared) = shared.upgrade() else { break };
            // The one share that is counted beside this one is an idle connection's.
            let in_use = Arc::strong_count(&shared) > 2 || shared.retired.load(Ordering::Acquire);
            let was_silent = silent;
            silent = in_use && !shared.heard.swap(false, Ordering::AcqRel);
            if silent && was_silent {
                return Poll::Ready(());
            }
            // One that is still unanswered will do.
            asked |= silent && !asked && pings.send_ping(Ping::opaque()).is_ok();
        }
        connection.as_mut().poll(context).map(drop)
    })
    .await;
}
