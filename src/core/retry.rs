//! When a call is attempted again, and after how long.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

use crate::exchange::http_date;
use crate::runtime::catch_panic;

/// Whether failed attempts are repeated. The default is never.
///
/// Whatever is set here, an attempt is only repeated if the failure is transient (the connection, a time limit of
/// the attempt, 408, 429, 500, 502, 503, 504) *and* repeating cannot have a second effect: nothing was sent, or the
/// operation is one that may be repeated. [`RequestOptions::replay_non_idempotent`] alone opens that gate.
///
/// In a file it is `"none"`, `"backoff"` for the defaults of [`Backoff`], or a map of the settings of a [`Backoff`].
///
/// [`RequestOptions::replay_non_idempotent`]: crate::RequestOptions::replay_non_idempotent
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum RetryConfig {
    /// One attempt.
    #[default]
    None,
    /// Several, with growing pauses.
    Backoff(Backoff),
}

impl RetryConfig {
    /// [`Backoff`] with its defaults.
    #[must_use]
    pub fn backoff() -> Self {
        Self::Backoff(Backoff::default())
    }
}

impl From<Backoff> for RetryConfig {
    fn from(backoff: Backoff) -> Self {
        Self::Backoff(backoff)
    }
}

/// Exponential backoff with full jitter.
///
/// The pause before attempt `n + 1` is drawn evenly from zero to `initial_interval * exponent^(n-1)`, which is capped at
/// `max_interval`. A `Retry-After` replaces it and is waited in full. A pause that does not fit what is left of the
/// call's time is not begun: the call returns the error it has.
///
/// Calls of one core share a budget, so that their retries cannot pile up on a server that is down: a transient failure
/// takes one token of 100, a success gives a tenth of one back, and nothing is repeated while half of them are gone.
///
/// ```
/// use authlete::Backoff;
/// use std::time::Duration;
///
/// let patient = Backoff::new().max_attempts(5).max_interval(Duration::from_secs(10));
/// ```
///
/// It can be read from a file: the keys are the names of the fields, and a length of time is a text with its unit, such as
/// `"500ms"`, `"10s"`, `"5m"` or `"1h"`. A key that is left out has its default.
///
/// ```
/// # use std::time::Duration;
/// # use authlete::Backoff;
/// let patient: Backoff =
///     serde_json::from_str(r#"{ "max_attempts": 5, "max_interval": "10s" }"#)?;
/// assert_eq!(patient.max_interval, Duration::from_secs(10));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Backoff {
    /// The longest first pause: 500 ms.
    pub initial_interval: Duration,
    /// The longest pause: 60 s.
    pub max_interval: Duration,
    /// What each pause's upper bound is multiplied with: 1.5. Values under 1 count as 1.
    pub exponent: f64,
    /// How long after the call's start an attempt may begin: 1 h. The call's timeout bounds it too.
    pub max_elapsed_time: Duration,
    /// Whether failures of the connection, and time limits, are repeated as well as statuses: `true`.
    pub retry_connection_errors: bool,
    /// The most attempts, the first included: 3. 0 counts as 1.
    pub max_attempts: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            initial_interval: Duration::from_millis(500),
            max_interval: Duration::from_secs(60),
            exponent: 1.5,
            max_elapsed_time: Duration::from_secs(3_600),
            retry_connection_errors: true,
            max_attempts: 3,
        }
    }
}

impl Backoff {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`initial_interval`](#structfield.initial_interval).
    #[must_use]
    pub fn initial_interval(mut self, interval: Duration) -> Self {
        self.initial_interval = interval;
        self
    }

    /// Sets [`max_interval`](#structfield.max_interval).
    #[must_use]
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.max_interval = interval;
        self
    }

    /// Sets [`exponent`](#structfield.exponent).
    #[must_use]
    pub fn exponent(mut self, exponent: f64) -> Self {
        self.exponent = exponent;
        self
    }

    /// Sets [`max_elapsed_time`](#structfield.max_elapsed_time).
    #[must_use]
    pub fn max_elapsed_time(mut self, time: Duration) -> Self {
        self.max_elapsed_time = time;
        self
    }

    /// Sets [`retry_connection_errors`](#structfield.retry_connection_errors).
    #[must_use]
    pub fn retry_connection_errors(mut self, repeated: bool) -> Self {
        self.retry_connection_errors = repeated;
        self
    }

    /// Sets [`max_attempts`](#structfield.max_attempts).
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest pause after attempt number `attempt` (from 1).
    pub(crate) fn ceiling(&self, attempt: u32) -> Duration {
        if self.initial_interval.is_zero() {
            // Zero times infinity is not a number.
            return Duration::ZERO;
        }
        let growth =
            self.exponent.max(1.0).powi(i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX));
        Duration::try_from_secs_f64(self.initial_interval.as_secs_f64() * growth)
            .unwrap_or(Duration::MAX)
            .min(self.max_interval)
    }

    /// The pause after attempt number `attempt`, drawn with a number from 0 to 1.
    pub(crate) fn pause(&self, attempt: u32, random: f64) -> Duration {
        share(self.ceiling(attempt), random)
    }
}

/// A part of a duration, from 0 for none to 1 for all of it.
pub(crate) fn share(whole: Duration, part: f64) -> Duration {
    Duration::try_from_secs_f64(whole.as_secs_f64() * part).unwrap_or(whole).min(whole)
}

/// The transient statuses.
pub(crate) const TRANSIENT: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// What keeps the retries of many calls from doubling the load of a server that is down: a transient failure takes one
/// token, a success gives a tenth back, and calls are only repeated while more than half of the tokens are there.
pub(crate) struct Budget(AtomicU32);

impl Budget {
    /// Tokens, in tenths.
    const FULL: u32 = 1_000;

    pub(crate) fn success(&self) {
        self.change(|tokens| tokens + 1);
    }

    pub(crate) fn failure(&self) {
        self.change(|tokens| tokens.saturating_sub(10));
    }

    pub(crate) fn allows_retry(&self) -> bool {
        self.0.load(Ordering::Relaxed) > Self::FULL / 2
    }

    fn change(&self, change: impl Fn(u32) -> u32) {
        let tokens = self.0.load(Ordering::Relaxed);
        let changed = change(tokens).min(Self::FULL);
        if changed != tokens {
            // Losing a race costs a token's accuracy, which does not matter here.
            self.0.store(changed, Ordering::Relaxed);
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }
}

/// Where jitter comes from.
#[derive(Clone, Default)]
pub(crate) struct Random(pub(crate) Option<Arc<dyn Fn() -> f64 + Send + Sync>>);

impl Random {
    /// A number from 0 to 1, whatever the source does.
    pub(crate) fn draw(&self) -> f64 {
        match &self.0 {
            Some(source) => {
                let number = catch_panic(|| source()).unwrap_or(1.0);
                if number.is_nan() { 1.0 } else { number.clamp(0.0, 1.0) }
            }
            // The keys of a new hash state are random, and spreading retries needs no more than that.
            #[allow(clippy::cast_precision_loss)]
            None => (RandomState::new().build_hasher().finish() >> 11) as f64 / (1_u64 << 53) as f64,
        }
    }
}

/// The pause a `Retry-After` asks for: delay seconds or a date in any of three forms (RFC 9110 sections 5.6.7 and 10.2.3). A
/// number over 32 bits means the largest of 32 bits. Anything else, two of them, or a date in the past counts as
/// none.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let mut values = headers.get_all(&RETRY_AFTER).iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    if let Some(seconds) = http_date::seconds(value) {
        // At most 136 years, which callers can still add to a time.
        return Some(Duration::from_secs(seconds.into()));
    }
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Duration::from_secs(http_date::parse(value, now.as_secs())?).checked_sub(now)
}
