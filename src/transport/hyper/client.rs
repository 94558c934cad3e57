//! Sends requests over connections of the pool, and dials where there is none.
//!
//! The life of a connection: dialled inside the call that needs it, lent to that call, back in the pool when the
//! response's body has been read to its end, lent again or closed. A connection that is dropped anywhere else, be it by
//! an error, a time limit or a dropped future, is aborted with its task, and of one that is shared the stream is reset:
//! nothing half-used returns, and nothing is sent after the caller has left.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use http::Response;
use http::header::HeaderName;
use tokio::runtime::Handle;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout_at};

use super::super::{BoxFuture, Progress, ResponseBody, TransportError};
use super::body::{Pooled, PooledBody};
use super::checkout::{Checkout, Dial, Waiter, checkout};
use super::common::{ConnectionSettings, Outgoing, spawn};
use super::connect::Connector;
use super::connection::Connection;
use super::origin::{Key, Origin};
use super::pool::Pool;
use super::queue::{DialEnd, Offer};
use crate::exchange::http_date;
use crate::observer::CloseReason;
use crate::runtime::{Race, Timer, after, new_sleep};

pub(super) struct HttpClient {
    pub(super) dialer: Arc<Dialer>,
    pub(super) pool: Arc<Pool>,
}

/// Makes connections.
pub(super) struct Dialer {
    pub(super) connector: Connector,
    pub(super) timeout: Duration,
    pub(super) settings: ConnectionSettings,
    /// Whether HTTP/2 is offered to servers.
    pub(super) offers_http2: bool,
}

impl Dialer {
    fn dial(self: Arc<Self>, origin: Origin) -> BoxFuture<'static, Result<Connection, TransportError>> {
        Box::pin(async move {
            let stream = self.connector.open(&origin).await?;
            Connection::over(stream, &origin, &self.settings).await
        })
    }
}

impl HttpClient {
    pub(super) async fn send(
        &self,
        mut request: Outgoing,
        progress: &Progress,
    ) -> Result<Response<ResponseBody>, TransportError> {
        progress.connecting();
        let runtime = Handle::try_current().map_err(|_| TransportError::no_runtime())?.id();
        let key = Key { runtime, origin: Origin::of(request.uri())? };
        loop {
            let (mut connection, reused) = match self.pool.take(&key) {
                Some((connection, rested)) => {
                    if rested {
                        // Let the runtime look at its sockets first.
                        yield_now().await;
                    }
                    (connection, true)
                }
                // Boxed, because it is rare and large: a call on a warm pool does without its memory.
                None => Box::pin(self.checkout(&key)).await?,
            };
            if !connection.is_usable().await {
                connection.ends(CloseReason::ByPeer);
                if reused {
                    continue;
                }
                return Err(TransportError::with("the new connection was closed at once", None).not_sent());
            }
            if reused {
                self.dialer.settings.report.reused();
            }
            match connection.send(&key.origin, request, progress).await {
                Ok(response) => {
                    let server_keeps = server_keeps(&response);
                    let pooled = Pooled { pool: Arc::clone(&self.pool), key, connection, server_keeps };
                    return Ok(response.map(|body| ResponseBody::pooled(PooledBody::new(body, pooled))));
                }
                // Closed while it was idle, so the server has not seen the message.
                Err((_, Some(unsent))) if reused => {
                    connection.ends(CloseReason::ByPeer);
                    request = unsent;
                }
                Err((error, _)) => return Err(error),
            }
        }
    }

    /// Gets a connection within the connect timeout, and whether it had been used before.
    async fn checkout(&self, key: &Key) -> Result<(Connection, bool), TransportError> {
        let deadline = after(Instant::now(), self.dialer.timeout);
        let Some(sleep) = new_sleep(deadline) else {
            return Err(TransportError::no_runtime());
        };
        match Timer(pin!(sleep)).race(deadline, pin!(self.wait(key, deadline))).await {
            Race::Won(result) => result,
            Race::TimedOut => Err(TransportError::with("connecting took too long", None).connect_timeout()),
            // A runtime without I/O offers no way to ask: tokio panics.
            Race::Panicked => Err(TransportError::no_runtime()),
        }
    }

    /// Waits for a connection that becomes free, and dials one if nobody dials one that would do.
    async fn wait(&self, key: &Key, deadline: Instant) -> Result<(Connection, bool), TransportError> {
        let may_share = key.origin.secure && self.dialer.offers_http2;
        let mut alone = false;
        loop {
            match checkout(&self.pool, key, may_share && !alone) {
                Checkout::Connection(connection) => return Ok((connection, true)),
                #[cfg(feature = "http2")]
                Checkout::Unsettled(share) => share.settled().await,
                Checkout::Wait(mut waiter) => match poll_fn(|context| waiter.poll_offer(context)).await {
                    Some(Offer::Connection(connection)) => return Ok((connection, true)),
                    Some(Offer::Alone) => alone = true,
                    None => {}
                },
                Checkout::Dial(waiter, dial) => return self.dial(key, waiter, dial, deadline).await,
            }
        }
    }

    /// Dials, unless another connection becomes free first. Then the dial goes on for the next call.
    async fn dial(
        &self,
        key: &Key,
        mut waiter: Waiter,
        dial: Dial,
        deadline: Instant,
    ) -> Result<(Connection, bool), TransportError> {
        let mut dialling = Arc::clone(&self.dialer).dial(key.origin.clone());
        let free = poll_fn(|context| {
            if let Poll::Ready(Some(Offer::Connection(connection))) = waiter.poll_offer(context) {
                return Poll::Ready(Ok(connection));
            }
            dialling.as_mut().poll(context).map(Err)
        });
        match free.await {
            Ok(connection) => {
                let mut closed = self.pool.closed();
                spawn(Box::pin(async move {
                    let closed = pin!(closed.changed());
                    let mut closed = closed;
                    let dialled = poll_fn(|context| match closed.as_mut().poll(context) {
                        Poll::Ready(_) => Poll::Ready(None),
                        Poll::Pending => dialling.as_mut().poll(context).map(Some),
                    });
                    if let Ok(Some(dialled)) = timeout_at(deadline, dialled).await {
                        dial.end(dialled.ok());
                    }
                }));
                Ok((connection, true))
            }
            Err(Ok(connection)) => {
                // The waiter leaves first, so that the new connection is this call's.
                drop(waiter);
                match connection.another() {
                    Some(share) => dial.end(Some(share)),
                    None => dial.over(DialEnd::Exclusive),
                }
                Ok((connection, false))
            }
            Err(Err(error)) => {
                drop(waiter);
                dial.end(None);
                Err(error)
            }
        }
    }
}

/// How long the server keeps the connection, less a second for the way (RFC 2068 section 19.7.1.1). A request that meets its
/// end is one whose delivery is in doubt.
fn server_keeps<T>(response: &Response<T>) -> Option<Duration> {
    const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
    let parameters = response.headers().get(&KEEP_ALIVE)?.to_str().ok()?;
    let seconds = parameters.split(',').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("timeout").then_some(value.trim().trim_matches('"'))
    })?;
    Some(Duration::from_secs(http_date::seconds(seconds)?.saturating_sub(1).into()))
}
