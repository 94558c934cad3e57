//! Connections between calls.
//!
//! The life of a connection: dialled inside the call that needs it, lent to that call, back on the shelf when the
//! response's body has been read to its end, lent again or closed. A connection that is dropped anywhere else, be it by
//! an error, a time limit or a dropped future, is aborted with its task: nothing half-used returns, and nothing is sent
//! after the caller has left.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::Response;
use http::header::HeaderName;
use tokio::runtime::Handle;
use tokio::task::yield_now;
use tokio::time::Instant;

use super::super::{ResponseBody, State, TransportError};
use super::body::{Lease, PooledBody};
use super::common::{Outgoing, Settings};
use super::connect::Connector;
use super::connection::Connection;
use super::origin::Origin;
use super::shelf::{Place, Shelf};
use crate::delivery::Delivery;
use crate::http_date;
use crate::timer::{Race, Timer, after, new_sleep};

pub(super) struct Pool {
    pub(super) connector: Connector,
    pub(super) connect_timeout: Duration,
    pub(super) settings: Settings,
    pub(super) shelf: Arc<Shelf>,
}

impl Pool {
    pub(super) async fn send(
        &self,
        mut request: Outgoing,
        state: &State,
    ) -> Result<Response<ResponseBody>, TransportError> {
        state.connecting();
        let runtime = Handle::try_current().map_err(|_| TransportError::no_runtime())?.id();
        let place = Place { runtime, origin: Origin::of(request.uri())? };
        loop {
            let (mut connection, reused) = match self.shelf.take(&place) {
                Some((connection, rested)) => {
                    if rested {
                        // Let the runtime look at its sockets first.
                        yield_now().await;
                    }
                    (connection, true)
                }
                // Boxed, because it is rare and large: a call on a warm pool does without its memory.
                None => (Box::pin(self.connect(&place.origin)).await?, false),
            };
            if !reused && let Some(share) = connection.another() {
                self.shelf.put(&place, share, None);
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
            match connection.send(&place.origin, request).await {
                Ok(response) => {
                    let server_keeps = server_keeps(&response);
                    let lease = Lease { shelf: Arc::clone(&self.shelf), place, connection, server_keeps };
                    return Ok(response.map(|body| ResponseBody::pooled(PooledBody::new(body, lease))));
                }
                Err((error, unsent)) => {
                    if error.delivery() == Delivery::NotSent {
                        state.taken_back();
                    }
                    match unsent {
                        // Closed while it was idle, so nobody has seen the message.
                        Some(unsent) if reused => request = unsent,
                        _ => return Err(error),
                    }
                }
            }
        }
    }

    /// Connects within the connect timeout.
    async fn connect(&self, origin: &Origin) -> Result<Connection, TransportError> {
        let deadline = after(Instant::now(), self.connect_timeout);
        let Some(sleep) = new_sleep(deadline) else {
            return Err(TransportError::no_runtime());
        };
        let connect =
            async { Connection::over(self.connector.open(origin).await?, origin, &self.settings).await };
        match Timer(pin!(sleep)).race(deadline, pin!(connect)).await {
            Race::Won(result) => result,
            Race::TimedOut => Err(TransportError::with("connecting took too long", None).connect_timeout()),
            // A runtime without I/O offers no way to ask: tokio panics.
            Race::Panicked => Err(TransportError::no_runtime()),
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
