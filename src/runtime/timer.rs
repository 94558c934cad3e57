//! One timer for a whole call.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::task::unconstrained;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::runtime::catch_panic;

/// How a race against the timer ended.
pub(crate) enum Race<T> {
    Won(T),
    TimedOut,
    Panicked,
}

/// The call's only timer, set to whatever is due next. It is registered with the runtime only when something has to wait.
pub(crate) struct Timer<'a>(pub(crate) Pin<&'a mut Sleep>);

/// A sleep for [`Timer`]; `None` without a tokio runtime that has a timer.
pub(crate) fn new_sleep(at: Instant) -> Option<Sleep> {
    tokio::runtime::Handle::try_current().ok()?;
    // A runtime without a time driver offers no way to ask: tokio panics.
    catch_panic(|| sleep_until(at))
}

impl Timer<'_> {
    /// Waits for `future` until `deadline`, and catches its panics.
    pub(crate) fn race<F: Future + ?Sized>(
        &mut self,
        deadline: Instant,
        mut future: Pin<&mut F>,
    ) -> impl Future<Output = Race<F::Output>> {
        poll_fn(move |context| {
            match catch_panic(|| future.as_mut().poll(context)) {
                Some(Poll::Ready(output)) => return Poll::Ready(Race::Won(output)),
                Some(Poll::Pending) => {}
                None => return Poll::Ready(Race::Panicked),
            }
            self.poll(deadline, context).map(|()| Race::TimedOut)
        })
    }

    // Compiled once for all futures.
    #[inline(never)]
    fn poll(&mut self, deadline: Instant, context: &mut Context<'_>) -> Poll<()> {
        if self.0.deadline() != deadline {
            self.0.as_mut().reset(deadline);
        }
        // A future may use up tokio's cooperative budget. The timer must fire all the same.
        pin!(unconstrained(self.0.as_mut())).poll(context)
    }

    /// Waits until `deadline`.
    pub(crate) fn sleep(&mut self, deadline: Instant) -> impl Future<Output = ()> {
        self.0.as_mut().reset(deadline);
        self.0.as_mut()
    }
}

/// `start + pause`, or a year from `start` if that overflows.
pub(crate) fn after(start: Instant, pause: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 3_600);
    start.checked_add(pause).unwrap_or(start + YEAR)
}
