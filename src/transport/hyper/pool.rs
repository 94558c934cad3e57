//! Connections between calls.
//!
//! The life of a connection: dialled inside the call that needs it, lent to that call, back in the pool when the
//! response's body has been read to its end, lent again or closed. A connection that is dropped anywhere else, be it by
//! an error, a time limit or a dropped future, is aborted with its task: nothing half-used returns, and nothing is sent
//! after the caller has left.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Response, Uri};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::runtime::{self, Handle};
use tokio::time::{Instant, sleep_until, timeout};

use super::super::{State, TransportError};
use super::connect::Connector;
use super::connection::{Connection, Outgoing, spawn};
use super::fault::{broken, failed};
use super::origin::Origin;

pub(super) struct Pool {
    connector: Connector,
    connect_timeout: Duration,
    idle_timeout: Duration,
    /// Few, usually one: a list is smaller and faster than a map.
    hosts: Mutex<Vec<Arc<Host>>>,
}

/// The connections to one origin.
struct Host {
    origin: Origin,
    idle_timeout: Duration,
    /// Unused connections, the latest used last, and shared ones even while they are used.
    idle: Mutex<Vec<Idle>>,
    reaping: AtomicBool,
}

struct Idle {
    connection: Connection,
    since: Instant,
    /// The runtime that drives it. To any other it is of no use: that one may rest or end at any time.
    runtime: Option<runtime::Id>,
}

/// The runtime of the caller.
fn this_runtime() -> Option<runtime::Id> {
    Handle::try_current().ok().map(|handle| handle.id())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing under these locks panics, and if it did, a list of connections would still be one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pool {
    pub(super) fn new(connector: Connector, connect_timeout: Duration, idle_timeout: Duration) -> Self {
        Self { connector, connect_timeout, idle_timeout, hosts: Mutex::default() }
    }

    pub(super) async fn send(
        &self,
        mut request: Outgoing,
        state: &State,
    ) -> Result<Response<PooledBody>, TransportError> {
        state.connecting();
        let host = self.host(request.uri())?;
        loop {
            let (mut connection, reused) = match host.check_out() {
                Some(connection) => (connection, true),
                // Boxed, because it is rare and large: a call on a warm pool does without its memory.
                None => (Box::pin(self.connect(&host.origin)).await?, false),
            };
            if !reused && let Some(share) = connection.share() {
                host.check_in(share);
            }
            if !connection.is_usable().await {
                if reused {
                    continue;
                }
                return Err(TransportError::with("the new connection was closed at once", None).not_sent());
            }
            if !state.sending() {
                return Err(TransportError::with("the call has ended", None).not_sent());
            }
            match connection.send(&host.origin, request).await {
                Ok(response) => {
                    return Ok(response.map(|body| PooledBody::new(body, host, connection)));
                }
                Err(mut error) => match error.take_message() {
                    // Closed while it was idle. hyper hands the message back, so nobody has seen it.
                    Some(unsent) if reused => {
                        state.taken_back();
                        request = unsent;
                    }
                    Some(_) => {
                        return Err(failed("the new connection was closed at once", error.into_error()));
                    }
                    None => return Err(broken(error.into_error())),
                },
            }
        }
    }

    /// Connects within the connect timeout.
    async fn connect(&self, origin: &Origin) -> Result<Connection, TransportError> {
        let connect = async { Connection::over(self.connector.open(origin).await?).await };
        match timeout(self.connect_timeout, connect).await {
            Ok(result) => result,
            Err(_) => Err(TransportError::with("connecting took too long", None).connect_timeout()),
        }
    }

    fn host(&self, uri: &Uri) -> Result<Arc<Host>, TransportError> {
        let origin = Origin::of(uri)?;
        let mut hosts = lock(&self.hosts);
        // Other case would be the same host, but a pool of its own does no harm.
        if let Some(host) = hosts.iter().find(|host| host.origin == origin) {
            return Ok(Arc::clone(host));
        }
        let host = Arc::new(Host {
            origin,
            idle_timeout: self.idle_timeout,
            idle: Mutex::default(),
            reaping: AtomicBool::new(false),
        });
        hosts.push(Arc::clone(&host));
        Ok(host)
    }
}

impl Host {
    fn check_out(&self) -> Option<Connection> {
        let runtime = this_runtime();
        let mut idle = lock(&self.idle);
        while let Some(latest) = idle.iter().rposition(|idle| idle.runtime == runtime) {
            let candidate = idle.remove(latest);
            if candidate.since.elapsed() < self.idle_timeout && !candidate.connection.is_closed() {
                if let Some(share) = candidate.connection.share() {
                    idle.push(Idle { connection: share, since: Instant::now(), runtime });
                }
                return Some(candidate.connection);
            }
        }
        None
    }

    fn check_in(self: &Arc<Self>, connection: Connection) {
        if connection.is_closed() {
            return;
        }
        let since = Instant::now();
        let runtime = this_runtime();
        let mut idle = lock(&self.idle);
        if connection.is_shared()
            && let Some(listed) = idle.iter_mut().rfind(|idle| idle.runtime == runtime)
            && listed.connection.is_shared()
        {
            listed.since = since;
            return;
        }
        idle.push(Idle { connection, since, runtime });
        drop(idle);
        if !self.reaping.swap(true, Ordering::AcqRel) {
            let due = since.checked_add(self.idle_timeout);
            spawn(Box::pin(Reaper(Arc::downgrade(self)).run(due)));
        }
    }
}

/// Closes connections that have been idle for too long, as long as there are any.
struct Reaper(Weak<Host>);

impl Reaper {
    /// Looks when the first connection is due, not before: it may be lent again before this has even begun, and whoever
    /// then returns it finds a reaper at work.
    async fn run(self, mut due: Option<Instant>) {
        while let Some(next) = due {
            sleep_until(next).await;
            due = self.reap();
        }
    }

    /// Closes what is due, and tells when something is due next.
    fn reap(&self) -> Option<Instant> {
        let host = self.0.upgrade()?;
        let mut idle = lock(&host.idle);
        let now = Instant::now();
        for used in idle.iter_mut().filter(|idle| idle.connection.is_shared()) {
            used.since = now;
        }
        idle.retain(|idle| now.duration_since(idle.since) < host.idle_timeout);
        let next = idle.first().and_then(|idle| idle.since.checked_add(host.idle_timeout));
        if next.is_none() {
            // Under the lock, so that whoever fills the list now sees it.
            host.reaping.store(false, Ordering::Release);
        }
        next
    }
}

impl Drop for Reaper {
    /// The runtime may end before the host does; the next runtime needs a reaper of its own.
    fn drop(&mut self) {
        if let Some(host) = self.0.upgrade() {
            host.reaping.store(false, Ordering::Release);
        }
    }
}

/// A response's body, with the connection it comes over.
pub(crate) struct PooledBody {
    incoming: Incoming,
    lease: Option<(Arc<Host>, Connection)>,
}

impl PooledBody {
    fn new(incoming: Incoming, host: Arc<Host>, connection: Connection) -> Self {
        let mut body = Self { incoming, lease: Some((host, connection)) };
        if body.incoming.is_end_stream() {
            body.give_back();
        }
        body
    }

    fn give_back(&mut self) {
        if let Some((host, connection)) = self.lease.take() {
            host.check_in(connection);
        }
    }
}

impl Body for PooledBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(Pin::new(&mut self.incoming).poll_frame(context));
        Poll::Ready(match frame {
            Some(Err(error)) => {
                self.lease = None;
                Some(Err(broken(error)))
            }
            Some(Ok(frame)) => {
                if self.incoming.is_end_stream() {
                    self.give_back();
                }
                Some(Ok(frame))
            }
            None => {
                self.give_back();
                None
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
