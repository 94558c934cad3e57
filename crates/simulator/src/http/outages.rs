//! Times at which the server is down.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::clock::{Clock, millis};
use crate::lock::locked;

/// A time at which the server is down: no connection can be made, or all is answered 503.
///
/// It begins at once and lasts until [`Simulator::end_outages`](crate::Simulator::end_outages), unless
/// the methods say otherwise. Time is the simulator's clock.
///
/// ```
/// use authlete_simulator::Outage;
/// use std::time::Duration;
///
/// let outage =
///     Outage::refused().starting_in(Duration::from_secs(2)).lasting(Duration::from_secs(1));
/// # let _ = outage;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "an outage does not happen until it is given to a simulator"]
pub struct Outage {
    refused: bool,
    starting_in: Duration,
    after: u64,
    lasting: Option<Duration>,
    count: Option<u64>,
    retry_after: Option<String>,
}

impl Outage {
    /// Connections are refused, as by a host that does not listen. Requests under way are answered,
    /// then their connections are closed.
    pub fn refused() -> Self {
        Self {
            refused: true,
            starting_in: Duration::ZERO,
            after: 0,
            lasting: None,
            count: None,
            retry_after: None,
        }
    }

    /// Every request is answered 503 with a page of HTML, as by a gateway that has lost what is behind
    /// it. Not processed.
    pub fn unavailable() -> Self {
        Self { refused: false, ..Self::refused() }
    }

    /// Begins after this time.
    pub fn starting_in(mut self, wait: Duration) -> Self {
        self.starting_in = wait;
        self
    }

    /// Begins when this many more requests have been answered.
    pub fn after_requests(mut self, requests: u64) -> Self {
        self.after = requests;
        self
    }

    /// Lasts this long.
    pub fn lasting(mut self, span: Duration) -> Self {
        self.lasting = Some(span);
        self
    }

    /// Is over when it has met this many requests. Nobody can count connections that are refused: an
    /// outage of these that is counted accepts each connection and resets it.
    pub fn for_requests(mut self, requests: u64) -> Self {
        self.count = Some(requests);
        self
    }

    /// Says this in the `Retry-After` of a 503, in whatever form. Default: no such header.
    pub fn retry_after(mut self, value: impl Into<String>) -> Self {
        self.retry_after = Some(value.into());
        self
    }
}

/// An outage that is planned or under way. Times are milliseconds since the simulator started.
#[derive(Debug)]
struct Planned {
    outage: Outage,
    /// When it begins, as far as the clock is concerned.
    from: i64,
    /// When it has an end that is known.
    until: Option<i64>,
}

impl Planned {
    fn is_active(&self, elapsed: i64) -> bool {
        self.outage.after == 0 && self.from <= elapsed && !self.is_over(elapsed)
    }

    fn is_over(&self, elapsed: i64) -> bool {
        self.outage.count == Some(0) || self.until.is_some_and(|until| until <= elapsed)
    }

    fn begins(&mut self, from: i64) {
        self.from = from;
        self.until = self.outage.lasting.map(|span| from.saturating_add(millis(span)));
    }

    /// Counts one that it met.
    fn met(&mut self) {
        if let Some(count) = &mut self.outage.count {
            *count = count.saturating_sub(1);
        }
    }
}

/// What an outage does to a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// The connection ends.
    Refused,
    /// 503
    Unavailable { retry_after: Option<String> },
}

/// The outages of a simulator.
#[derive(Debug)]
pub(crate) struct Outages {
    clock: Arc<Clock>,
    planned: Mutex<Vec<Planned>>,
}

impl Outages {
    pub(crate) fn new(clock: Arc<Clock>) -> Self {
        Self { clock, planned: Mutex::default() }
    }

    pub(super) fn plan(&self, outage: Outage) {
        let from = self.clock.elapsed().saturating_add(millis(outage.starting_in));
        let mut planned = Planned { outage, from, until: None };
        if planned.outage.after == 0 {
            planned.begins(from);
        }
        locked(&self.planned).push(planned);
    }

    pub(super) fn clear(&self) {
        locked(&self.planned).clear();
    }

    /// How many are to come, and how many are under way.
    pub(super) fn count(&self) -> (usize, usize) {
        let elapsed = self.clock.elapsed();
        let mut planned = locked(&self.planned);
        planned.retain(|planned| !planned.is_over(elapsed));
        let under_way = planned.iter().filter(|planned| planned.is_active(elapsed)).count();
        (planned.len() - under_way, under_way)
    }

    /// Whether nobody listens now.
    pub(super) fn refuses(&self) -> bool {
        let elapsed = self.clock.elapsed();
        let mut planned = locked(&self.planned);
        planned.retain(|planned| !planned.is_over(elapsed));
        planned.iter().any(|planned| {
            planned.outage.refused && planned.outage.count.is_none() && planned.is_active(elapsed)
        })
    }

    /// Whether a connection that was just accepted is reset.
    pub(super) fn resets(&self) -> bool {
        let elapsed = self.clock.elapsed();
        let mut planned = locked(&self.planned);
        let active = planned.iter_mut().find(|planned| {
            planned.outage.refused && planned.outage.count.is_some() && planned.is_active(elapsed)
        });
        active.map(Planned::met).is_some()
    }

    /// What meets a request.
    pub(super) fn meet(&self) -> Option<Met> {
        let elapsed = self.clock.elapsed();
        let mut planned = locked(&self.planned);
        let active = planned.iter_mut().find(|planned| planned.is_active(elapsed))?;
        active.met();
        Some(match active.outage.refused {
            true => Met::Refused,
            false => Met::Unavailable { retry_after: active.outage.retry_after.clone() },
        })
    }

    /// Counts a request that is over, and says whether an outage begins with it.
    pub(super) fn answered(&self) -> bool {
        let elapsed = self.clock.elapsed();
        let mut begins = false;
        for planned in locked(&self.planned).iter_mut().filter(|planned| planned.outage.after > 0) {
            planned.outage.after -= 1;
            if planned.outage.after == 0 {
                planned.begins(planned.from.max(elapsed));
                begins = true;
            }
        }
        begins
    }

    /// The time until one begins or ends by itself.
    pub(super) fn next_change(&self) -> Option<Duration> {
        if !self.clock.runs() {
            return None;
        }
        let elapsed = self.clock.elapsed();
        let planned = locked(&self.planned);
        let due = planned.iter().filter(|planned| planned.outage.after == 0);
        let changes = due.flat_map(|planned| [Some(planned.from), planned.until]).flatten();
        let next = changes.filter(|change| *change > elapsed).min()?;
        Some(Duration::from_millis(u64::try_from(next - elapsed).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn outages() -> (Arc<Clock>, Outages) {
        let clock = Arc::new(Clock::new(true));
        (Arc::clone(&clock), Outages::new(clock))
    }

    #[test]
    fn one_begins_and_ends_by_the_clock() {
        let (clock, outages) = outages();
        outages.plan(Outage::refused().starting_in(SECOND).lasting(SECOND));
        assert!(!outages.refuses());
        clock.advance(SECOND);
        assert!(outages.refuses());
        clock.set_offset(-7_200_000);
        assert!(outages.refuses());
        clock.advance(SECOND);
        assert!(!outages.refuses());
    }

    #[test]
    fn one_begins_and_ends_by_requests() {
        let (clock, outages) = outages();
        outages.plan(Outage::unavailable().after_requests(1).for_requests(1).retry_after("9"));
        assert_eq!(outages.meet(), None);
        assert!(outages.answered());
        clock.advance(SECOND);
        assert_eq!(outages.meet(), Some(Met::Unavailable { retry_after: Some("9".to_owned()) }));
        assert_eq!(outages.meet(), None);
    }

    #[test]
    fn a_span_counts_from_the_request_that_begins_it() {
        let (clock, outages) = outages();
        outages.plan(Outage::refused().after_requests(1).lasting(SECOND));
        clock.advance(SECOND * 5);
        assert!(outages.answered());
        assert!(!outages.answered());
        assert!(outages.refuses());
        clock.advance(SECOND);
        assert!(!outages.refuses());
    }
}
