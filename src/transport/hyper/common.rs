//! What the protocols have in common: the messages, the settings, and the tasks that drive connections.

#[cfg(feature = "http2")]
use std::time::Duration;

use http::Request;
use http_body_util::Full;
use tokio::task::JoinHandle;

use super::super::{BoxFuture, TransportError};
use super::life::Report;

pub(super) type Outgoing = Request<Full<bytes::Bytes>>;

/// Why there was no response, and the message if the server has not seen it.
pub(super) type Unanswered = (TransportError, Option<Outgoing>);

/// What is set for every connection.
#[derive(Clone, Debug)]
pub(super) struct ConnectionSettings {
    /// How many headers a response may have. Unset, hyper's own limit.
    pub(super) max_headers: Option<usize>,
    /// Where connections are reported.
    pub(super) report: Report,
    /// How long the server may be silent before a ping, and between pings.
    #[cfg(feature = "http2")]
    pub(super) ping_interval: Duration,
}

/// The task that reads and writes; it ends with its handle.
pub(super) struct Task(pub(super) JoinHandle<()>);

/// Spawns a boxed task. tokio compiles its code for each type of task, about as much as this crate has for a request.
pub(super) fn spawn(work: BoxFuture<'static, ()>) -> JoinHandle<()> {
    tokio::spawn(work)
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}
