//! The server's clock, by the `Date` of its answers.
//!
//! `Date` may be a gateway's, and wrong. So another time than this machine's is believed only if several answers in a row agree
//! on it, and once a time is believed it is counted on by a clock that nobody can set: an answer that contradicts this is
//! not followed, unless it agrees with this machine's clock, as after a suspension. `Date` tells whole seconds.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use authlete::HttpMeta;
use tokio::time::Instant;

use crate::clock::{millis, now};

/// How far a clock may be off before it counts, in milliseconds.
const SLACK: i64 = 2_000;
/// How many answers in a row must agree on a time before it is believed.
pub(super) const AGREEING: u32 = 3;
/// How far the clocks may differ before it must be settled which is right, in milliseconds.
pub(crate) const LARGE: i64 = 60_000;

pub(crate) struct ServerClock(Mutex<Reading>);

#[derive(Clone, Copy)]
struct Reading {
    base: Instant,
    /// The time that is believed to have been at the base.
    at: i64,
    /// Whether an answer has confirmed it.
    is_told: bool,
    /// Whether this machine's clock alone counts.
    is_machines: bool,
    /// Another time, on which the last answers agree.
    other: Option<Other>,
    /// How far answers that agree say that the clock has been set back, at most.
    set_back: i64,
}

/// A time that contradicts the one that is believed.
#[derive(Clone, Copy)]
struct Other {
    ahead: i64,
    answers: u32,
}

impl Reading {
    fn time(&self, moment: Instant) -> i64 {
        self.at + millis(moment.saturating_duration_since(self.base))
            - millis(self.base.saturating_duration_since(moment))
    }
}

impl ServerClock {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Reading {
            base: Instant::now(),
            at: now(),
            is_told: false,
            is_machines: false,
            other: None,
            set_back: 0,
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns from an answer to a request that was begun at that moment.
    pub(super) fn hear(&self, meta: &HttpMeta, begun: Instant) {
        if let Some(date) = date(meta) {
            self.told(date, begun, Instant::now(), now());
        }
    }

    fn told(&self, date: i64, begun: Instant, heard: Instant, machine: i64) {
        let mut reading = self.lock();
        if reading.is_machines {
            return;
        }
        // Somewhere between the request and now it was that second.
        let is_early = date + 1_000 < reading.time(begun) - SLACK;
        let is_late = date > reading.time(heard) + SLACK;
        if !is_early && !is_late {
            reading.is_told = true;
            reading.other = None;
            return;
        }
        let told = date + 500;
        let ahead = told - reading.time(heard);
        if reading.is_told && (told - machine).abs() <= SLACK {
            (reading.base, reading.at, reading.other) = (heard, told, None);
            return;
        }
        let same = reading.other.filter(|other| (other.ahead - ahead).abs() <= SLACK + 1_000);
        let answers = same.map_or(0, |other| other.answers) + 1;
        if answers < AGREEING {
            reading.other = Some(Other { ahead, answers });
        } else if reading.is_told {
            reading.other = Some(Other { ahead, answers });
            reading.set_back = reading.set_back.max(-ahead);
        } else {
            (reading.base, reading.at, reading.other, reading.is_told) = (heard, told, None, true);
        }
    }

    /// Whether answers tell another time than this machine's, and too few to believe them.
    pub(super) fn is_in_doubt(&self) -> bool {
        let reading = self.lock();
        !reading.is_told && reading.other.is_some()
    }

    /// From now on this machine's clock counts, whatever answers tell.
    pub(crate) fn take_machines(&self) {
        let mut reading = self.lock();
        (reading.base, reading.at, reading.is_machines, reading.other) = (Instant::now(), now(), true, None);
    }

    /// The server's time, in milliseconds since the Unix epoch.
    pub(crate) fn now(&self) -> i64 {
        let reading = *self.lock();
        if reading.is_machines { now() } else { reading.time(Instant::now()) }
    }

    /// The earliest time that the server can have it, if it tells.
    pub(crate) fn earliest_now(&self) -> Option<i64> {
        let reading = *self.lock();
        reading.is_told.then(|| self.now() - SLACK)
    }

    /// How far the clock has been set back since the first answer, as far as answers tell.
    pub(crate) fn set_back(&self) -> i64 {
        self.lock().set_back
    }

    /// How far it is ahead of this machine's, in milliseconds.
    pub(crate) fn ahead(&self) -> i64 {
        self.now() - now()
    }

    /// How far it is ahead of this machine's, in seconds, where they differ.
    pub(crate) fn skew(&self) -> Option<i64> {
        Some(self.ahead())
            .filter(|ahead| ahead.abs() > SLACK)
            .map(|ahead| (ahead as f64 / 1000.0).round() as i64)
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
    const DAY: i64 = 86_400_000;

    /// Tells a clock so many times, a second apart from second `after` on, that it is so far ahead.
    fn tell(clock: &ServerClock, ahead: i64, answers: u32, after: u32) -> i64 {
        let Reading { at, base, .. } = *clock.lock();
        let true_time = |seconds: u32| at + i64::from(seconds) * 1000;
        let mut off = 0;
        for second in after..after + answers {
            let heard = base + SECOND * second;
            let date = (true_time(second) + ahead).div_euclid(1000) * 1000;
            clock.told(date, heard, heard, true_time(second));
            off = clock.lock().time(heard) - true_time(second);
        }
        off
    }

    #[test]
    fn a_clock_that_agrees_is_left_alone() {
        let clock = ServerClock::new();
        let Reading { at: before, base: start, .. } = *clock.lock();
        // The answer to a request of a minute ago, which the server gave at once.
        clock.told(before / 1000 * 1000, start, start + SECOND * 60, before + 60_000);
        let after = clock.lock().at;
        assert_eq!((after, clock.set_back()), (before, 0));
    }

    #[test]
    fn another_time_is_believed_when_three_answers_agree() {
        let clock = ServerClock::new();
        assert_eq!(tell(&clock, 2 * DAY, 2, 1), 0);
        assert!(clock.is_in_doubt());
        let off = tell(&clock, 2 * DAY, 1, 3);
        assert!((off - 2 * DAY).abs() <= 1_000, "{off}");
        assert!(!clock.is_in_doubt());
        assert_eq!(clock.set_back(), 0, "it was so from the beginning");
    }

    #[test]
    fn answers_that_tell_different_times_are_not_believed() {
        let clock = ServerClock::new();
        for (ahead, second) in [(DAY, 1), (-DAY, 2), (DAY, 3), (-DAY, 4), (3_600_000, 5)] {
            assert_eq!(tell(&clock, ahead, 1, second), 0);
        }
        assert!(clock.is_in_doubt());
    }

    #[test]
    fn a_time_that_is_believed_is_not_changed_by_answers_that_contradict_it() {
        let clock = ServerClock::new();
        tell(&clock, 0, 1, 1);
        assert_eq!(tell(&clock, DAY, 8, 2), 0);
        assert_eq!(tell(&clock, -DAY, 8, 20), 0);
        assert!((clock.set_back() - DAY).abs() <= 1_000, "it may have been set back");
    }

    #[test]
    fn after_a_suspension_answers_that_agree_with_the_machine_are_followed() {
        let clock = ServerClock::new();
        tell(&clock, 0, 1, 1);
        let Reading { at, base, .. } = *clock.lock();
        let heard = base + SECOND * 2;
        clock.told((at + 3_600_000) / 1000 * 1000, heard, heard, at + 3_600_000);
        assert!((clock.lock().time(heard) - at - 3_600_000).abs() <= 1_000);
    }
}
