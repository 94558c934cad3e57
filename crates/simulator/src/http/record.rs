//! Requests as they came.

use std::fmt;
use std::net::SocketAddr;
use std::time::{Instant, SystemTime};

use bytes::Bytes;

use crate::operations::Operation;

/// A request, recorded when its head had arrived.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The number of the TCP connection it came over, counted from 1 in order of acceptance.
    pub connection: u64,
    /// The client's end of that connection.
    pub peer: SocketAddr,
    /// When the head had arrived, monotonic.
    pub at: Instant,
    /// When the head had arrived, wall clock.
    pub time: SystemTime,
    /// The method.
    pub method: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query as sent, without the question mark.
    pub query: Option<String>,
    /// The headers in order; names are lower-case, bytes that are not UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body; empty until it had arrived, and always when bodies are not recorded.
    pub body: Bytes,
    /// The length of the body in bytes; `None` when it did not arrive as a whole.
    pub body_length: Option<usize>,
    /// The operation the method and path stand for; `None` for what the simulator does not know.
    pub operation: Option<Operation>,
    /// Whether the request reached its operation. It did not when a fault, the bearer check or the
    /// service check came first. Whether it had an effect is for the tokens and batches to tell: an
    /// operation that refuses bad input was reached.
    pub processed: bool,
    /// The status handed to the connection; `None` when none was (yet).
    pub status: Option<u16>,
}

/// The requests since the last reset, in order of arrival. Each has a number that no other ever has, so
/// that one that was under way at a reset is not taken for a later one.
#[derive(Debug, Default)]
pub(super) struct Requests {
    forgotten: usize,
    kept: Vec<RecordedRequest>,
}

impl Requests {
    pub(super) fn all(&self) -> &[RecordedRequest] {
        &self.kept
    }

    /// Adds one and returns its number.
    pub(super) fn push(&mut self, request: RecordedRequest) -> usize {
        self.kept.push(request);
        self.forgotten + self.kept.len() - 1
    }

    pub(super) fn get_mut(&mut self, number: usize) -> Option<&mut RecordedRequest> {
        self.kept.get_mut(number.checked_sub(self.forgotten)?)
    }

    pub(super) fn forget(&mut self) {
        self.forgotten += self.kept.len();
        self.kept = Vec::new();
    }
}

impl RecordedRequest {
    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `None` when it is none.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Shows neither path, query, headers nor body: they may carry tokens.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("connection", &self.connection)
            .field("method", &self.method)
            .field("operation", &self.operation)
            .field("body_length", &self.body_length)
            .field("processed", &self.processed)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
