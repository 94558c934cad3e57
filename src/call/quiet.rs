//! Futures of somebody else's that may panic when they are dropped.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::caught::caught;

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
        let _ = caught(|| drop(future));
    }
}

impl<F: Future + Unpin> Future for Quiet<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // It is there until it is dropped.
        self.0.as_mut().map_or(Poll::Pending, |future| Pin::new(future).poll(context))
    }
}
