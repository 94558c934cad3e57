//! Reports the beginning and the end of connections to the observer.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::observer::{CloseReason, ConnectionEvent, Observer};
use crate::runtime::catch_panic;

/// The observer, if there is one.
#[derive(Clone, Default)]
pub(super) struct Report(pub(super) Option<Arc<dyn Observer>>);

impl Report {
    fn tell(&self, event: ConnectionEvent) {
        if let Some(observer) = &self.0 {
            // A panic of the observer must not reach the call.
            let _ = catch_panic(|| observer.connection(&event));
        }
    }

    /// A connection that was made for an earlier call serves another.
    pub(super) fn reused(&self) {
        self.tell(ConnectionEvent::Reused);
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Report").field(&self.0.is_some()).finish()
    }
}

/// Belongs to a connection, and reports its beginning and its end.
pub(super) struct Life {
    report: Report,
    /// Why it ends, as an index of [`REASONS`].
    reason: AtomicU8,
}

const REASONS: [CloseReason; 6] = [
    CloseReason::Unfinished,
    CloseReason::ByPeer,
    CloseReason::Idle,
    CloseReason::Aged,
    CloseReason::NotKept,
    CloseReason::Dropped,
];

impl Life {
    pub(super) fn begin(report: &Report, is_http2: bool) -> Self {
        report.tell(ConnectionEvent::Opened { is_http2 });
        Self { report: report.clone(), reason: AtomicU8::new(0) }
    }

    /// Sets why the connection ends. The first reason counts.
    pub(super) fn end(&self, reason: CloseReason) {
        let index = REASONS.iter().position(|listed| *listed == reason).unwrap_or(0);
        let index = u8::try_from(index).unwrap_or(0);
        let _ = self.reason.compare_exchange(0, index, Ordering::Relaxed, Ordering::Relaxed);
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        let index = usize::from(self.reason.load(Ordering::Relaxed));
        let reason = REASONS.get(index).copied().unwrap_or(CloseReason::Unfinished);
        self.report.tell(ConnectionEvent::Closed { reason });
    }
}
