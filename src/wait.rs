//! How to wait for something that the server does in its own time.

use std::time::Duration;

use crate::options::RequestOptions;
use crate::retry::Backoff;

/// Settings for waiting: how often to ask, and how long.
///
/// The pause after question `n` lies between a half and the whole of `initial_interval * 1.5^(n-1)`, capped at
/// `max_interval`. A `Retry-After` makes it longer, never shorter.
///
/// ```
/// use std::time::Duration;
/// use authlete::WaitOptions;
///
/// let options = WaitOptions::new().timeout(Duration::from_secs(600)).max_interval(Duration::from_secs(30));
/// ```
#[derive(Clone, Debug)]
pub struct WaitOptions {
    pub(crate) timeout: Duration,
    pub(crate) pauses: Backoff,
    pub(crate) not_found_grace: Duration,
    pub(crate) max_failures: u32,
    pub(crate) request: RequestOptions,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(3_600),
            pauses: Backoff { max_interval: Duration::from_secs(10), ..Backoff::default() },
            not_found_grace: Duration::from_secs(10),
            max_failures: 5,
            request: RequestOptions::default(),
        }
    }
}

impl WaitOptions {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Bounds the whole wait: 1 h. A pause that would end later is not begun.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The first pause: 500 ms.
    #[must_use]
    pub fn initial_interval(mut self, interval: Duration) -> Self {
        self.pauses.initial_interval = interval;
        self
    }

    /// The longest pause: 10 s.
    #[must_use]
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.pauses.max_interval = interval;
        self
    }

    /// For how long, from the start of the wait, "not found" means "not there yet": 10 s.
    #[must_use]
    pub fn not_found_grace(mut self, grace: Duration) -> Self {
        self.not_found_grace = grace;
        self
    }

    /// How many questions in a row may fail in a passing way, each with its own retries, before the wait fails: 5.
    #[must_use]
    pub fn max_failures(mut self, failures: u32) -> Self {
        self.max_failures = failures;
        self
    }

    /// Settings for each question.
    #[must_use]
    pub fn request(mut self, options: RequestOptions) -> Self {
        self.request = options;
        self
    }
}
