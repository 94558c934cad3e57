//! Rate limits.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use crate::clock::millis;
use crate::lock::locked;
use crate::operations::Operation;

/// A limit on the number of requests within any span of a length.
///
/// What is beyond is answered 429 with `Retry-After` and the code `SIM901`, and is not processed. A
/// refused request does not count. Time is the simulator's clock: on a manual clock a limit that is
/// used up stays so until the clock is advanced.
///
/// ```
/// use authlete_simulator::{Operation, RateLimit};
///
/// let limit = RateLimit::per_second(2).on(Operation::CreateBatch);
/// # let _ = limit;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a limit does nothing until it is given to a simulator"]
pub struct RateLimit {
    requests: usize,
    span: Duration,
    operation: Option<Operation>,
    retry_after: RetryAfter,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum RetryAfter {
    Seconds,
    Text(String),
    Absent,
}

impl RateLimit {
    /// At most this many requests in any second.
    pub fn per_second(requests: usize) -> Self {
        Self::new(requests, Duration::from_secs(1))
    }

    /// At most this many requests in any span of this length.
    pub fn new(requests: usize, span: Duration) -> Self {
        Self { requests, span, operation: None, retry_after: RetryAfter::Seconds }
    }

    /// Only requests for this operation.
    pub fn on(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Says this in `Retry-After`, in whatever form. Default: the seconds, rounded up, until a request
    /// can pass.
    pub fn retry_after(mut self, value: impl Into<String>) -> Self {
        self.retry_after = RetryAfter::Text(value.into());
        self
    }

    /// Says nothing about when to come back.
    pub fn without_retry_after(mut self) -> Self {
        self.retry_after = RetryAfter::Absent;
        self
    }
}

/// A limit and the times at which requests passed it.
#[derive(Debug)]
struct Meter {
    limit: RateLimit,
    passed: VecDeque<i64>,
}

impl Meter {
    /// The milliseconds until a request can pass; `None` when it can now.
    fn wait(&mut self, elapsed: i64) -> Option<i64> {
        let span = millis(self.limit.span);
        while self.passed.front().is_some_and(|passed| passed.saturating_add(span) <= elapsed) {
            self.passed.pop_front();
        }
        if self.passed.len() < self.limit.requests {
            return None;
        }
        // Nothing ever passes a limit of zero; a span is as good an advice as any.
        Some(self.passed.front().map_or(span, |passed| passed.saturating_add(span) - elapsed))
    }

    fn retry_after(&self, wait: i64) -> Option<String> {
        match &self.limit.retry_after {
            RetryAfter::Seconds => Some(wait.saturating_add(999).div_euclid(1000).max(1).to_string()),
            RetryAfter::Text(text) => Some(text.clone()),
            RetryAfter::Absent => None,
        }
    }
}

/// The limits in force.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    meters: Mutex<Vec<Meter>>,
}

/// A request that is too much, with what to say in `Retry-After`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany {
    pub(super) retry_after: Option<String>,
}

impl Limits {
    pub(crate) fn add(&self, limit: RateLimit) {
        locked(&self.meters).push(Meter { limit, passed: VecDeque::new() });
    }

    pub(crate) fn clear(&self) {
        locked(&self.meters).clear();
    }

    /// How many there are.
    pub(super) fn in_force(&self) -> usize {
        locked(&self.meters).len()
    }

    /// Lets a request pass, or not. The limit that takes longest has the word.
    pub(super) fn pass(&self, operation: Option<Operation>, elapsed: i64) -> Result<(), TooMany> {
        let mut meters = locked(&self.meters);
        let concerns = |meter: &&mut Meter| meter.limit.operation.is_none_or(|own| operation == Some(own));
        let worst = meters
            .iter_mut()
            .filter(concerns)
            .filter_map(|meter| meter.wait(elapsed).map(|wait| (wait, meter.retry_after(wait))))
            .max_by_key(|(wait, _)| *wait);
        if let Some((_, retry_after)) = worst {
            return Err(TooMany { retry_after });
        }
        meters.iter_mut().filter(concerns).for_each(|meter| meter.passed.push_back(elapsed));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_slides() {
        let limits = Limits::default();
        limits.add(RateLimit::per_second(2));
        let at = |elapsed| limits.pass(None, elapsed).map_err(|too_many| too_many.retry_after);
        assert_eq!((at(0), at(600)), (Ok(()), Ok(())));
        assert_eq!(at(999), Err(Some("1".to_owned())));
        assert_eq!(at(1000), Ok(()));
        assert_eq!(at(1599), Err(Some("1".to_owned())));
        assert_eq!((at(1600), at(5000)), (Ok(()), Ok(())));
    }

    #[test]
    fn the_longest_wait_has_the_word() {
        let limits = Limits::default();
        limits.add(RateLimit::per_second(1).on(Operation::CreateBatch));
        limits.add(RateLimit::new(1, Duration::from_millis(2500)));
        limits
            .add(RateLimit::new(0, Duration::from_secs(9)).on(Operation::DeleteToken).without_retry_after());
        assert_eq!(limits.pass(Some(Operation::CreateBatch), 0), Ok(()));
        let too_many = limits.pass(Some(Operation::CreateBatch), 1);
        assert_eq!(too_many, Err(TooMany { retry_after: Some("3".to_owned()) }));
        assert_eq!(limits.pass(Some(Operation::Introspect), 2500), Ok(()));
        assert_eq!(limits.pass(Some(Operation::DeleteToken), 9000), Err(TooMany { retry_after: None }));
    }
}
