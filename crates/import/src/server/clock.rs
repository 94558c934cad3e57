//! The server's clock, by the `Date` of its answers.
//!
//! Between two answers it is counted on by a clock that nobody can set. This machine's clock is taken only as long as the
//! server's agrees with it, because the server's is told in whole seconds.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use authlete::HttpMeta;
use tokio::time::Instant;

use crate::clock::{millis, now};

/// How far a clock may be off before it counts, in milliseconds.
const SLACK: i64 = 2_000;

pub(crate) struct ServerClock(Mutex<State>);

#[derive(Clone, Copy)]
struct State {
    base: Instant,
    /// The server's time at the base.
    at: i64,
    /// How far it has been set, in all.
    set_by: i64,
    /// The lowest of these.
    set_back: i64,
    /// Whether it has been told at all.
    told: bool,
}

impl State {
    fn time(&self, moment: Instant) -> i64 {
        self.at + millis(moment.saturating_duration_since(self.base))
            - millis(self.base.saturating_duration_since(moment))
    }
}

impl ServerClock {
    pub(super) fn new() -> Self {
        Self(Mutex::new(State { base: Instant::now(), at: now(), set_by: 0, set_back: 0, told: false }))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns from an answer to a request that was begun at that moment.
    pub(super) fn hear(&self, meta: &HttpMeta, begun: Instant) {
        if let Some(date) = date(meta) {
            self.told(date, begun, Instant::now());
        }
    }

    fn told(&self, date: i64, begun: Instant, heard: Instant) {
        let mut state = self.lock();
        // Somewhere between the request and now it was that second.
        let is_early = date + 1_000 < state.time(begun) - SLACK;
        let is_late = date > state.time(heard) + SLACK;
        if is_early || is_late {
            let by = date + 500 - state.time(heard);
            if state.told {
                state.set_by += by;
                state.set_back = state.set_back.min(state.set_by);
            }
            (state.base, state.at) = (heard, date + 500);
        }
        state.told = true;
    }

    /// The server's time, in milliseconds since the Unix epoch.
    pub(crate) fn now(&self) -> i64 {
        self.lock().time(Instant::now())
    }

    /// The earliest time that the server can have it, if it tells.
    pub(crate) fn earliest_now(&self) -> Option<i64> {
        let state = *self.lock();
        state.told.then(|| state.time(Instant::now()) - SLACK)
    }

    /// How far the clock has been set back since the first answer.
    pub(crate) fn set_back(&self) -> i64 {
        -self.lock().set_back
    }

    /// How far it is ahead of this machine's, in seconds, where they differ.
    pub(crate) fn skew(&self) -> Option<i64> {
        let ahead = self.now() - now();
        Some(ahead).filter(|ahead| ahead.abs() > SLACK).map(|ahead| (ahead as f64 / 1000.0).round() as i64)
    }
}

/// The `Date` of a response, in milliseconds since the Unix epoch.
fn date(meta: &HttpMeta) -> Option<i64> {
    let date = httpdate::parse_http_date(meta.headers.get("date")?.to_str().ok()?).ok()?;
    date.duration_since(UNIX_EPOCH).map_or(None, |since: Duration| Some(millis(since)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn state(clock: &ServerClock) -> State {
        *clock.lock()
    }

    #[test]
    fn a_clock_that_agrees_is_left_alone() {
        let clock = ServerClock::new();
        let State { at: before, base: start, .. } = state(&clock);
        // The answer to a request of a minute ago, which the server gave at once.
        clock.told(before / 1000 * 1000, start, start + SECOND * 60);
        assert_eq!((state(&clock).at, clock.set_back()), (before, 0));
    }

    #[test]
    fn one_that_differs_is_followed_and_its_steps_are_remembered() {
        let clock = ServerClock::new();
        let State { at, base: start, .. } = state(&clock);
        let told = |ahead: i64, after: u32| {
            let heard = start + SECOND * after;
            clock.told((at + ahead + i64::from(after) * 1000) / 1000 * 1000, heard, heard);
            state(&clock).time(heard) - at - i64::from(after) * 1000
        };
        assert!((7_199_000..=7_201_000).contains(&told(7_200_000, 1)));
        assert_eq!(clock.set_back(), 0, "that was so from the beginning");
        assert!(told(0, 10).abs() <= 1000);
        assert!((7_198_000..=7_202_000).contains(&clock.set_back()));
        told(3_600_000, 20);
        assert!((7_198_000..=7_202_000).contains(&clock.set_back()));
    }
}
