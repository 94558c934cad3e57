//! Panics of code that is not this crate's: a transport, a provider, an observer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Calls `work`; `None` if it panics. With `panic = "abort"` a panic ends the process.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(value) => Some(value),
        Err(payload) => {
            // Dropping the payload could panic again.
            std::mem::forget(payload);
            None
        }
    }
}

/// A future whose drop cannot panic. The result of the call is known by then and must not be lost to a panic.
pub(crate) struct CatchDrop<F>(Option<F>);

impl<F> CatchDrop<F> {
    pub(crate) fn new(future: F) -> Self {
        Self(Some(future))
    }
}

impl<F> Drop for CatchDrop<F> {
    fn drop(&mut self) {
        let future = self.0.take();
        let _ = catch_panic(|| drop(future));
    }
}

impl<F: Future + Unpin> Future for CatchDrop<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // The future is there until `drop`.
        self.0.as_mut().map_or(Poll::Pending, |future| Pin::new(future).poll(context))
    }
}
