//! HTTP/2, by h2 without hyper, which keeps from its callers what decides here: which streams a GOAWAY spares, how many the
//! server takes at a time, and the task behind a connection.
//!
//! h2 sends a request that it has been given, even after its caller has left. So a request is given to it only once the server
//! takes another stream, and waits here until then.

mod exchange;
mod shared;
mod task;

use std::future::{Future, poll_fn};
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use h2::client::{Builder, SendRequest};
use http::header::CONTENT_LENGTH;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use tokio::sync::mpsc::error::SendError;
use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

pub(super) use self::exchange::Http2Body;
use self::exchange::{Upload, complete};
use self::shared::{Opened, Opening, Order, Refused, Shared, UNTOLD};
use self::task::drive;
use super::super::{Progress, TransportError};
use super::common::{ConnectionSettings, Outgoing, Task, Unanswered, spawn};
use super::fault::{broken_http2, ended, failed, wordless};
use super::life::Life;
use super::stream::Stream;
use crate::exchange::Delivery;
use crate::runtime::after;

/// How long the head of a response may be, as HTTP/2 counts it (RFC 9113 section 6.5.2).
const HEAD: u32 = 64 << 10;

/// A share in a connection: a call's, or the pool's, which no call uses.
pub(super) struct Http2 {
    sender: SendRequest<Bytes>,
    shared: Arc<Shared>,
    /// Whether it is a call's.
    lent: bool,
    /// When the exchange under way began, by the connection's age, if nothing is known of its end.
    unsettled: Option<u64>,
}

impl Http2 {
    pub(super) async fn over(stream: Stream, settings: &ConnectionSettings) -> Result<Self, TransportError> {
        let Some(stream) = stream.into_tls() else {
            return Err(TransportError::with("HTTP/2 needs TLS", None).not_sent().permanent());
        };
        let handshake = Builder::new()
            .initial_window_size(2 << 20)
            .initial_connection_window_size(5 << 20)
            .max_header_list_size(HEAD)
            .initial_max_send_streams(UNTOLD)
            .enable_push(false)
            .handshake(stream);
        let (sender, connection) =
            handshake.await.map_err(|error| failed("the connection failed", wordless(error)))?;
        let (orders, received) = unbounded_channel();
        let interval = settings.ping_interval;
        let opener = sender.clone();
        let shared = Arc::new_cyclic(|shared| {
            let task = drive(connection, opener, received, interval, Weak::clone(shared));
            Shared::new(Task(spawn(Box::pin(task))), orders, Life::begin(&settings.report, true))
        });
        Ok(Self { sender, shared, lent: true, unsettled: None })
    }

    /// A share that no call uses.
    pub(super) fn another(&self) -> Self {
        Self { sender: self.sender.clone(), shared: Arc::clone(&self.shared), lent: false, unsettled: None }
    }

    /// A share for a call, if the server takes another stream and is not in doubt.
    pub(super) fn lend(&self) -> Option<Self> {
        if self.shared.is_doubted() {
            return None;
        }
        // Until the server has said how many it takes, one will do.
        let limit = self.shared.told_limit().unwrap_or(1);
        let one_more = |lent: usize| (lent < limit).then_some(lent + 1);
        self.shared.lent.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).ok()?;
        let mut share = self.another();
        share.lent = true;
        Some(share)
    }

    /// Whether it may soon be known that the server takes another stream.
    pub(super) fn is_unsettled(&self) -> bool {
        !self.is_closed() && self.shared.unsettled_for().is_some_and(|left| !left.is_zero())
    }

    /// Waits until that is known, or for long enough.
    pub(super) async fn settled(&self) {
        let mut changed = pin!(self.shared.changed.notified());
        changed.as_mut().enable();
        if let Some(left) = self.shared.unsettled_for() {
            let _ = timeout_at(after(Instant::now(), left), changed).await;
        }
    }

    /// How many streams at a time the server takes, if it has said so.
    pub(super) fn streams(&self) -> Option<usize> {
        self.shared.told_limit()
    }

    pub(super) fn life(&self) -> &Life {
        &self.shared.life
    }

    pub(super) fn born(&self) -> Instant {
        self.shared.born
    }

    /// Whether calls have shares.
    pub(super) fn is_lent(&self) -> bool {
        self.shared.lent.load(Ordering::Acquire) > 0
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
            self.shared.retired.store(true, Ordering::Release);
        }
        Poll::Ready(usable)
    }

    pub(super) async fn send(
        &mut self,
        request: Outgoing,
        progress: &Progress,
    ) -> Result<Response<Http2Body>, Unanswered> {
        let (mut head, mut body) = request.into_parts();
        let data = body.frame().await.and_then(Result::ok).and_then(|frame| frame.into_data().ok());
        let data = data.unwrap_or_default();
        complete(&mut head.headers, &head.method, data.len());
        let opened = self.open(Request::from_parts(head, ()), data.is_empty(), progress.clone()).await;
        let (response, stream, slot) = match opened {
            Ok(opened) => opened,
            Err(refused) => {
                let failed = |source| failed("the connection takes no request", source);
                return Err(match refused {
                    Refused::Unsent(request) => {
                        let ended = failed(std::io::Error::from(ErrorKind::BrokenPipe).into());
                        (ended, Some(request.map(|()| Full::new(data))))
                    }
                    Refused::Late => (ended(), None),
                    Refused::Failed(error) => {
                        progress.taken_back();
                        (failed(wordless(error)), None)
                    }
                });
            }
        };
        self.unsettled = Some(self.shared.age());
        let mut upload = Upload { stream, data };
        let mut response = pin!(response);
        let answer = poll_fn(|context| {
            upload.poll(context);
            response.as_mut().poll(context)
        });
        match answer.await {
            Ok(response) => {
                self.shared.heard();
                let length = response
                    .headers()
                    .get(CONTENT_LENGTH)
                    .and_then(|value| value.to_str().ok()?.parse().ok());
                Ok(response.map(|stream| Http2Body { stream, upload, length, slot }))
            }
            Err(error) => {
                // A reset is a sign of life.
                if error.is_reset() && error.is_remote() {
                    self.shared.heard();
                    self.settle();
                }
                let error = broken_http2(error);
                if error.delivery() == Delivery::NotSent {
                    progress.taken_back();
                }
                Err((error, None))
            }
        }
    }

    /// Has the connection's task open a stream, which it does once the server takes one. Until then nothing is sent.
    async fn open(
        &self,
        request: Request<()>,
        is_complete: bool,
        progress: Progress,
    ) -> Result<Opened, Refused> {
        let (reply, opened) = oneshot::channel();
        let opening = Opening { request, is_complete, progress, reply };
        match self.shared.orders.send(Order::Open(Box::new(opening))) {
            Ok(()) => opened.await.unwrap_or(Err(Refused::Late)),
            Err(SendError(Order::Open(opening))) => Err(Refused::Unsent(opening.request)),
            Err(SendError(_)) => Err(Refused::Late),
        }
    }

    /// Ends an exchange of which the server has said how it ended.
    pub(super) fn settle(&mut self) {
        self.unsettled = None;
    }
}

impl Drop for Http2 {
    fn drop(&mut self) {
        if let Some(begun) = self.unsettled {
            self.shared.given_up(begun);
        }
        if self.lent {
            self.shared.lent.fetch_sub(1, Ordering::AcqRel);
        }
    }
}
