//! Futures of somebody else's that may panic when they are dropped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Drops its future without letting a panic out: what has become of the call is known by then, and must not be lost. Where panics
/// abort, it changes nothing.
pub(super) struct Quiet<F>(Option<F>);

impl<F> Quiet<F> {
    pub(super) fn new(future: F) -> Self {
        Self(Some(future))
    }
}

impl<F> Drop for Quiet<F> {
    fn drop(&mut self) {
        let future = self.0.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(future)));
    }
}

impl<F: Future + Unpin> Future for Quiet<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // It is there until it is dropped.
        self.0.as_mut().map_or(Poll::Pending, |future| Pin::new(future).poll(context))
    }
}
