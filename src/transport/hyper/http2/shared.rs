//! What the shares in a connection and its task know of each other.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use h2::SendStream;
use h2::client::ResponseFuture;
use http::Request;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use super::super::super::Progress;
use super::super::common::Task;
use super::super::life::Life;

/// How long a call waits for a server to say how many streams it takes, or that it is alive, before it turns elsewhere.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long a server may be silent, in milliseconds, before a call that is given up takes the connection out of use.
const SILENCE: u64 = 1_500;

/// How long ago, in milliseconds, a server may have been heard to count as alive.
const LATELY: u64 = 50;

/// What the shares in a connection and its task have in common.
pub(super) struct Shared {
    pub(super) task: Task,
    pub(super) life: Life,
    pub(super) orders: UnboundedSender<Order>,
    pub(super) born: Instant,
    /// Whether the connection is to be used no more. What is under way on it may go on.
    pub(super) retired: AtomicBool,
    /// How many calls have shares.
    pub(super) lent: AtomicUsize,
    /// How many streams are open, and how many calls wait for one.
    pub(super) open: AtomicUsize,
    pub(super) queued: AtomicUsize,
    /// How many streams the server takes at a time; [`UNTOLD`] until it has said so.
    pub(super) limit: AtomicUsize,
    /// Since when it is in doubt whether the server is alive, by [`age`](Self::age). Zero if it is not.
    doubted: AtomicU64,
    /// When the server was last heard, by [`age`](Self::age).
    pub(super) heard: AtomicU64,
    /// Tells those who wait that the limit or the doubt has changed.
    pub(super) changed: Notify,
}

/// What the task of a connection is asked to do.
pub(super) enum Order {
    Open(Box<Opening>),
    /// Asks the server whether it is alive.
    Ping,
    /// A stream has closed.
    Look,
}

/// A stream to be opened.
pub(super) struct Opening {
    pub(super) request: Request<()>,
    /// Whether no body follows.
    pub(super) is_complete: bool,
    pub(super) progress: Progress,
    pub(super) reply: oneshot::Sender<Result<Opened, Refused>>,
}

/// A stream, and its place among those that the server takes.
pub(super) type Opened = (ResponseFuture, SendStream<Bytes>, Slot);

/// Why no stream was opened.
pub(super) enum Refused {
    /// The connection has ended.
    Unsent(Request<()>),
    /// The call has ended.
    Late,
    Failed(h2::Error),
}

/// What stands for the server's limit of streams before it has told one. No server needs as many.
pub(super) const UNTOLD: usize = usize::MAX - 1;

impl Shared {
    /// Of a connection that a call has dialled for itself.
    pub(super) fn new(task: Task, orders: UnboundedSender<Order>, life: Life) -> Self {
        Self {
            task,
            life,
            orders,
            born: Instant::now(),
            retired: AtomicBool::new(false),
            lent: AtomicUsize::new(1),
            open: AtomicUsize::new(0),
            queued: AtomicUsize::new(0),
            limit: AtomicUsize::new(UNTOLD),
            doubted: AtomicU64::new(0),
            heard: AtomicU64::new(0),
            changed: Notify::new(),
        }
    }

    /// Milliseconds since the connection was made, and one.
    pub(super) fn age(&self) -> u64 {
        u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }

    /// How many streams at a time the server takes, if it has said so.
    pub(super) fn told_limit(&self) -> Option<usize> {
        Some(self.limit.load(Ordering::Acquire)).filter(|limit| *limit != UNTOLD)
    }

    pub(super) fn is_doubted(&self) -> bool {
        self.doubted.load(Ordering::Acquire) > 0
    }

    /// For how long it is worth waiting for the server's limit, or a sign of life; `None` if there is nothing to wait for.
    pub(super) fn unsettled_for(&self) -> Option<Duration> {
        let since = match (self.told_limit(), self.doubted.load(Ordering::Acquire)) {
            (Some(_), 0) => return None,
            (None, 0) => 1,
            (_, since) => since,
        };
        Some(PATIENCE.saturating_sub(Duration::from_millis(self.age().saturating_sub(since))))
    }

    /// An exchange that began at that age was given up. Unless the server was heard just now, it is asked whether it is alive. If it
    /// has said nothing at all for long, it serves no further call even if it is: what is behind it may not be.
    pub(super) fn given_up(&self, begun: u64) {
        let now = self.age();
        let heard = self.heard.load(Ordering::Acquire);
        if now.saturating_sub(heard.max(begun)) >= SILENCE {
            self.retired.store(true, Ordering::Release);
        } else if now.saturating_sub(heard) > LATELY {
            let _ = self.doubted.compare_exchange(0, now, Ordering::AcqRel, Ordering::Acquire);
            let _ = self.orders.send(Order::Ping);
        }
    }

    /// The server is alive.
    pub(super) fn heard(&self) {
        self.heard.store(self.age(), Ordering::Release);
        if self.doubted.swap(0, Ordering::AcqRel) > 0 {
            self.changed.notify_waiters();
        }
    }

    /// The server's limit of streams, as the connection's task knows it.
    pub(super) fn told(&self, limit: usize) {
        if self.limit.swap(limit, Ordering::AcqRel) != limit {
            self.changed.notify_waiters();
        }
    }
}

/// An open stream's place among those that the server takes.
pub(super) struct Slot(Weak<Shared>);

impl Slot {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        shared.open.fetch_add(1, Ordering::AcqRel);
        Self(Arc::downgrade(shared))
    }

    /// The server was heard.
    pub(super) fn heard(&self) {
        if let Some(shared) = self.0.upgrade() {
            shared.heard();
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let Some(shared) = self.0.upgrade() else { return };
        shared.open.fetch_sub(1, Ordering::AcqRel);
        if shared.queued.load(Ordering::Acquire) > 0 {
            let _ = shared.orders.send(Order::Look);
        }
    }
}
