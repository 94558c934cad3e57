//! Batches whose results take long, so that others need not wait for them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

/// How long a batch may take before others are sent beside it.
const LONG: Duration = Duration::from_secs(30);

#[derive(Default)]
pub(super) struct Slow {
    batches: AtomicUsize,
    changed: Notify,
}

/// Counts a batch until it is dropped.
struct Counted<'a>(&'a Slow);

impl Slow {
    /// Waits for a batch, and counts it once it takes long.
    pub(super) async fn watch<T>(&self, batch: impl Future<Output = T>) -> T {
        let mut batch = std::pin::pin!(batch);
        tokio::select! {
            done = &mut batch => return done,
            () = tokio::time::sleep(LONG) => {}
        }
        self.batches.fetch_add(1, Ordering::Relaxed);
        let _counted = Counted(self);
        self.changed.notify_one();
        batch.await
    }

    pub(super) fn count(&self) -> usize {
        self.batches.load(Ordering::Relaxed)
    }

    /// Waits until another batch takes long.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.batches.fetch_sub(1, Ordering::Relaxed);
    }
}
