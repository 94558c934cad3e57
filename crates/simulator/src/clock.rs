//! The simulator's own clock, in milliseconds.

use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::lock::locked;

/// A clock of two hands: the time that is shown, which can be wrong, and the time that has passed, by
/// which things happen.
#[derive(Debug)]
pub(crate) struct Clock {
    manual: bool,
    set: Mutex<Setting>,
}

#[derive(Debug, Clone, Copy)]
struct Setting {
    /// When it started: Unix time, and by a clock that never jumps.
    epoch: i64,
    started: Instant,
    advanced: Duration,
    offset: i64,
}

impl Setting {
    fn now(offset: i64) -> Self {
        let epoch = millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default());
        Self { epoch, started: Instant::now(), advanced: Duration::ZERO, offset }
    }
}

/// Both hands at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Unix time as the simulator shows it.
    pub(crate) now: i64,
    /// The time since the simulator started.
    pub(crate) elapsed: i64,
}

impl Moment {
    /// The time that is shown for a moment of `elapsed`.
    pub(crate) fn shown(self, elapsed: i64) -> i64 {
        self.now.saturating_sub(self.elapsed).saturating_add(elapsed)
    }
}

impl Clock {
    /// A clock that starts at the present; when `manual`, it moves only through [`Clock::advance`].
    pub(crate) fn new(manual: bool) -> Self {
        Self { manual, set: Mutex::new(Setting::now(0)) }
    }

    /// Starts anew at the present, wrong by so many milliseconds.
    pub(crate) fn reset(&self, offset: i64) {
        *locked(&self.set) = Setting::now(offset);
    }

    /// Whether the clock moves by itself.
    pub(crate) fn runs(&self) -> bool {
        !self.manual
    }

    /// What it shows.
    pub(crate) fn moment(&self) -> Moment {
        let Setting { epoch, started, advanced, offset } = *locked(&self.set);
        let ran = if self.manual { Duration::ZERO } else { started.elapsed() };
        let elapsed = millis(ran.saturating_add(advanced));
        Moment { now: epoch.saturating_add(elapsed).saturating_add(offset), elapsed }
    }

    /// The milliseconds since the simulator started.
    pub(crate) fn elapsed(&self) -> i64 {
        self.moment().elapsed
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        let mut set = locked(&self.set);
        set.advanced = set.advanced.saturating_add(by);
    }

    /// By how many milliseconds it is wrong.
    pub(crate) fn offset(&self) -> i64 {
        locked(&self.set).offset
    }

    /// Makes it show a time that is wrong by so many milliseconds. No time passes by that.
    pub(crate) fn set_offset(&self, offset: i64) {
        locked(&self.set).offset = offset;
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
