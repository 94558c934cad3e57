//! The pool: connections between calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

use super::common::spawn;
use super::connection::Connection;
#[cfg(feature = "http2")]
use super::http2::Http2;
use super::origin::Key;
use super::queue::{DialEnd, Queue, Ticket};
use crate::observer::CloseReason;
use crate::runtime::after;

/// Unused connections, and shared ones even while they are used; and the calls that wait for one.
///
/// An entry exists as long as its [`Reaper`] runs, which is a task of the key's runtime. So nothing is kept of a
/// runtime that has ended, and nothing of an origin that is no longer called.
pub(super) struct Pool {
    idle_timeout: Duration,
    max_age: Duration,
    inner: Mutex<PoolState>,
    /// Tells its receivers that the pool is dropped.
    closed: watch::Sender<()>,
}

/// What a call finds in the pool.
pub(super) enum Found {
    Connection(Connection),
    /// One that may soon have room.
    #[cfg(feature = "http2")]
    Unsettled(Http2),
    Queued(Ticket),
}

#[derive(Default)]
struct PoolState {
    /// One for each key, in the order of their hosts: most programs have one, but some call thousands.
    entries: Vec<Entry>,
    /// One for each key that calls wait for.
    queues: Vec<Queue>,
}

struct Entry {
    key: Key,
    idle: Vec<Idle>,
    reaper: Option<AbortHandle>,
}

struct Idle {
    connection: Connection,
    since: Instant,
    /// When it has been unused for too long.
    until: Instant,
    /// When it is too old to be used again.
    expires: Instant,
}

impl PoolState {
    /// The index of the key's entry, or the one that it is to have.
    fn find(&self, key: &Key) -> Result<usize, usize> {
        let first = self.entries.partition_point(|entry| entry.key.authority() < key.authority());
        let mut same =
            self.entries.iter().skip(first).take_while(|entry| entry.key.authority() == key.authority());
        same.position(|entry| entry.key == *key).map(|offset| first + offset).ok_or(first)
    }

    fn get_mut(&mut self, key: &Key) -> Option<&mut Entry> {
        let index = self.find(key).ok()?;
        self.entries.get_mut(index)
    }

    fn insert(&mut self, entry: Entry) {
        let (Ok(index) | Err(index)) = self.find(&entry.key);
        self.entries.insert(index, entry);
    }

    fn remove(&mut self, key: &Key) -> Option<Entry> {
        let index = self.find(key).ok()?;
        Some(self.entries.remove(index))
    }

    /// Changes the key's queue, which goes once it is empty.
    fn with_queue<T>(&mut self, key: &Key, change: impl FnOnce(&mut Queue) -> T) -> Option<T> {
        let index = self.queues.iter().position(|queue| queue.key == *key)?;
        let queue = self.queues.get_mut(index)?;
        let result = change(queue);
        if queue.is_empty() {
            self.queues.swap_remove(index);
        }
        Some(result)
    }

    /// Gives a connection to the calls that wait for one, or back if it is still of use.
    fn offer(&mut self, key: &Key, connection: Connection) -> Option<Connection> {
        if !self.queues.iter().any(|queue| queue.key == *key) {
            return Some(connection);
        }
        let mut rest = Some(connection);
        self.with_queue(key, |queue| match rest.take() {
            Some(connection) if connection.is_exclusive() => rest = queue.give(connection),
            shared => {
                shared.iter().for_each(|connection| queue.share(connection));
                rest = shared;
            }
        });
        rest
    }

    /// The connection that was used last, or a share in one that has room for another exchange. What is of no use any more is gone:
    /// whoever unlocks the pool drops it then, because an observer is told of it.
    fn take(&mut self, key: &Key, gone: &mut Vec<Idle>) -> Option<(Connection, bool)> {
        let idle = &mut self.get_mut(key)?.idle;
        let now = Instant::now();
        for index in (0..idle.len()).rev() {
            let candidate = idle.get(index)?;
            let rested = now.duration_since(candidate.since) >= RESTED;
            if let Some(reason) = candidate.ends(now).filter(|reason| {
                // A share that calls use is not unused.
                *reason != CloseReason::Idle || !candidate.connection.is_lent()
            }) {
                candidate.connection.ends(reason);
                gone.push(idle.remove(index));
            } else if candidate.connection.is_exclusive() {
                return Some((idle.remove(index).connection, rested));
            } else if let Some(share) = candidate.connection.lend() {
                return Some((share, rested));
            }
        }
        None
    }

    /// A share in a connection that may soon have room.
    #[cfg(feature = "http2")]
    fn unsettled(&mut self, key: &Key) -> Option<Http2> {
        self.get_mut(key)?.idle.iter().find_map(|idle| idle.connection.unsettled())
    }

    /// How many calls a connection can serve at a time, as the origin has last said.
    fn streams(&mut self, key: &Key) -> Option<usize> {
        self.get_mut(key)?.idle.iter().rev().find_map(|idle| idle.connection.streams())
    }
}

/// How long a connection is idle before its server may have acted without the runtime having noticed.
const RESTED: Duration = Duration::from_millis(1);

impl Pool {
    /// One that keeps connections for so long unused, and for so long in all.
    pub(super) fn new(idle_timeout: Duration, max_age: Duration) -> Self {
        Self { idle_timeout, max_age, inner: Mutex::default(), closed: watch::Sender::default() }
    }

    fn lock(&self) -> MutexGuard<'_, PoolState> {
        // Nothing under this lock panics, and if it did, a list of connections would still be one.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes once the pool is dropped.
    pub(super) fn closed(&self) -> watch::Receiver<()> {
        self.closed.subscribe()
    }

    /// A connection that can be used at once, and whether it has rested: whether it was idle for so long that the server may have
    /// closed it without this runtime's having had the time to hear of it.
    pub(super) fn take(&self, key: &Key) -> Option<(Connection, bool)> {
        let mut gone = Vec::new();
        let found = self.lock().take(key, &mut gone);
        drop(gone);
        found
    }

    /// The same, or else a place in the queue. With `may_share` a dial under way may serve several calls.
    pub(super) fn take_or_queue(&self, key: &Key, may_share: bool) -> Found {
        let mut gone = Vec::new();
        let found = self.find_or_queue(key, may_share, &mut gone);
        drop(gone);
        found
    }

    fn find_or_queue(&self, key: &Key, may_share: bool, gone: &mut Vec<Idle>) -> Found {
        let mut inner = self.lock();
        if let Some((connection, _)) = inner.take(key, gone) {
            return Found::Connection(connection);
        }
        #[cfg(feature = "http2")]
        if let Some(share) = inner.unsettled(key) {
            return Found::Unsettled(share);
        }
        let streams = if may_share { inner.streams(key).unwrap_or(usize::MAX) } else { 1 };
        if let Some(place) = inner.with_queue(key, |queue| queue.add(streams)) {
            return Found::Queued(place);
        }
        let mut queue = Queue::new(key.clone());
        let place = queue.add(streams);
        inner.queues.push(queue);
        Found::Queued(place)
    }

    /// A call waits no more.
    pub(super) fn leave(&self, key: &Key, id: u64) {
        self.lock().with_queue(key, |queue| queue.remove(id));
    }

    /// A dial has ended.
    pub(super) fn dialled(&self, key: &Key, end: DialEnd) {
        self.lock().with_queue(key, |queue| queue.dialled(end));
    }

    /// Gives a connection to a call that waits for one, or keeps it, for no longer than the server does. Only on the runtime that
    /// drives it is there anybody to close it in time.
    pub(super) fn put(self: &Arc<Self>, key: &Key, connection: Connection, server_keeps: Option<Duration>) {
        let keep = server_keeps.map_or(self.idle_timeout, |server| server.min(self.idle_timeout));
        let since = Instant::now();
        let expires = after(connection.born(), self.max_age);
        let reason = match () {
            () if connection.is_closed() => Some(CloseReason::ByPeer),
            () if keep.is_zero() => Some(CloseReason::NotKept),
            () if expires <= since => Some(CloseReason::Aged),
            () => None,
        };
        if let Some(reason) = reason {
            connection.ends(reason);
            return;
        }
        let until = after(since, keep);
        let mut inner = self.lock();
        if let Some(connection) = inner.offer(key, connection.into_idle()) {
            self.keep(inner, key, Idle { connection, since, until, expires });
        }
    }

    fn keep(self: &Arc<Self>, mut inner: MutexGuard<'_, PoolState>, key: &Key, kept: Idle) {
        let due = kept.until.min(kept.expires);
        if let Some(Entry { idle, .. }) = inner.get_mut(key) {
            match idle.iter_mut().rfind(|listed| listed.connection.is_same(&kept.connection)) {
                Some(listed) => (listed.since, listed.until) = (kept.since, kept.until),
                None => idle.push(kept),
            }
            return;
        }
        if Handle::try_current().is_ok_and(|runtime| runtime.id() == key.runtime) {
            inner.insert(Entry { key: key.clone(), idle: vec![kept], reaper: None });
            // Unlocked, because a runtime that is ending drops the task at once.
            drop(inner);
            let reaper = Reaper { pool: Arc::downgrade(self), key: key.clone() };
            let reaper = spawn(Box::pin(reaper.run(due)));
            if let Some(entry) = self.lock().get_mut(key) {
                entry.reaper = Some(reaper.abort_handle());
            }
        }
    }
}

impl Idle {
    /// Why it is of no further use, if it is not.
    fn ends(&self, now: Instant) -> Option<CloseReason> {
        if self.connection.is_closed() {
            Some(CloseReason::ByPeer)
        } else if self.expires <= now {
            Some(CloseReason::Aged)
        } else {
            (self.until <= now).then_some(CloseReason::Idle)
        }
    }
}

impl Entry {
    /// Says of all connections that they end with the pool, or with their runtime.
    fn is_dropped(&self) {
        self.idle.iter().for_each(|idle| idle.connection.ends(CloseReason::Dropped));
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let entries = std::mem::take(&mut self.lock().entries);
        for entry in &entries {
            entry.is_dropped();
            if let Some(reaper) = &entry.reaper {
                reaper.abort();
            }
        }
    }
}

/// Closes the connections of a key that have been idle for too long, or are too old, as long as there are any.
struct Reaper {
    pool: Weak<Pool>,
    key: Key,
}

impl Reaper {
    async fn run(mut self, first: Instant) {
        let mut due = Some(first);
        while let Some(next) = due {
            sleep_until(next).await;
            due = self.reap();
        }
    }

    /// Closes what is due, and tells when something is due next.
    fn reap(&mut self) -> Option<Instant> {
        let pool = self.pool.upgrade()?;
        // Dropped when the pool is unlocked.
        let mut gone = Vec::new();
        let mut inner = pool.lock();
        let idle = &mut inner.get_mut(&self.key)?.idle;
        let now = Instant::now();
        for lent in idle.iter_mut().filter(|idle| idle.connection.is_lent()) {
            lent.until = after(now, pool.idle_timeout);
        }
        gone.extend(
            idle.extract_if(.., |idle| {
                idle.ends(now).inspect(|reason| idle.connection.ends(*reason)).is_some()
            }),
        );
        let next = idle.iter().map(|idle| idle.until.min(idle.expires)).min();
        if next.is_none() {
            inner.remove(&self.key);
            // From here on the key may be another reaper's.
            self.pool = Weak::new();
        }
        drop(inner);
        drop(gone);
        next
    }
}

impl Drop for Reaper {
    /// The runtime has ended, and everything that it drove.
    fn drop(&mut self) {
        if let Some(pool) = self.pool.upgrade() {
            let gone = pool.lock().remove(&self.key);
            gone.iter().for_each(Entry::is_dropped);
            drop(gone);
        }
    }
}
