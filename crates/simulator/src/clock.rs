//! The simulator's own clock, in milliseconds since the Unix epoch.

use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::lock::locked;

/// A clock that is read, never waited on: nothing in the simulator runs on a timer because of it.
#[derive(Debug)]
pub(crate) struct Clock {
    epoch: Duration,
    started: Option<Instant>,
    advanced: Mutex<Duration>,
}

impl Clock {
    /// A clock that starts at the present; when `manual`, it moves only through [`Clock::advance`].
    pub(crate) fn new(manual: bool) -> Self {
        let epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { epoch, started: (!manual).then(Instant::now), advanced: Mutex::default() }
    }

    /// Unix time in milliseconds.
    pub(crate) fn now(&self) -> i64 {
        let ran = self.started.map_or(Duration::ZERO, |started| started.elapsed());
        millis(self.epoch.saturating_add(ran).saturating_add(*locked(&self.advanced)))
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        let mut advanced = locked(&self.advanced);
        *advanced = advanced.saturating_add(by);
    }
}

/// A duration in whole milliseconds, saturating.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// The instant rounded down to a whole second, still in milliseconds.
pub(crate) fn whole_second(ms: i64) -> i64 {
    ms - ms.rem_euclid(1000)
}
