//! How to wait for something that the server does in its own time.

use std::pin::pin;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use tokio::time::Instant;

use crate::call::{ApiResult, RequestOptions};
use crate::core::AuthleteCore;
use crate::core::settings::{WithUnit, keyed};
use crate::core::{Backoff, retry_after, share};
use crate::error::{AuthleteError, ErrorContext, TimeoutPhase};
use crate::exchange::{Delivery, Operation};
use crate::runtime::{Timer, after, new_sleep};

/// Settings for waiting: how often to ask, and how long.
///
/// The pause after question `n` lies between a half and the whole of `initial_interval * 1.5^(n-1)`, capped at
/// `max_interval`. A `Retry-After` makes it longer, never shorter.
///
/// ```
/// use authlete::WaitOptions;
/// use std::time::Duration;
///
/// let options = WaitOptions::new()
///     .timeout(Duration::from_secs(600))
///     .max_interval(Duration::from_secs(30));
/// ```
#[derive(Clone, Debug)]
pub struct WaitOptions {
    pub(crate) timeout: Duration,
    pub(crate) pauses: Backoff,
    pub(crate) not_found_grace: Duration,
    pub(crate) max_outage: Duration,
    pub(crate) request: RequestOptions,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(3_600),
            pauses: Backoff::new().max_interval(Duration::from_secs(10)),
            not_found_grace: Duration::from_secs(10),
            max_outage: Duration::from_secs(600),
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

    /// How long questions may fail one after the other before the wait fails: 10 minutes. Only transient failures and time
    /// limits are tolerated, each question with its own retries; any other failure ends the wait at once.
    #[must_use]
    pub fn max_outage(mut self, outage: Duration) -> Self {
        self.max_outage = outage;
        self
    }

    /// Settings for each question.
    #[must_use]
    pub fn request(mut self, options: RequestOptions) -> Self {
        self.request = options;
        self
    }
}

keyed! { WaitOptions, "settings for waiting", |options, map| {
    "timeout" => options.timeout = map.next_value::<WithUnit>()?.0,
    "initial_interval" => options.pauses.initial_interval = map.next_value::<WithUnit>()?.0,
    "max_interval" => options.pauses.max_interval = map.next_value::<WithUnit>()?.0,
    "not_found_grace" => options.not_found_grace = map.next_value::<WithUnit>()?.0,
    "max_outage" => options.max_outage = map.next_value::<WithUnit>()?.0,
} }

/// What an answer says about the end of a wait.
pub(crate) enum WaitState {
    /// It has ended.
    Over,
    /// It has not, and this is what the server calls its state.
    Pending(Option<String>),
}

/// Asks until an answer says that it is over, a question fails for good or for too long, or time is up.
pub(crate) async fn wait_until<T, Q: Future<Output = ApiResult<T>>>(
    core: &AuthleteCore,
    operation: &'static Operation,
    options: &WaitOptions,
    ask: impl Fn(RequestOptions) -> Q,
    progress: impl Fn(&T) -> WaitState,
) -> ApiResult<T> {
    let started = Instant::now();
    let deadline = after(started, options.timeout);
    let Some(sleep) = new_sleep(deadline) else {
        return Err(AuthleteError::no_timer(operation));
    };
    let mut timer = Timer(pin!(sleep));
    let of_a_question = options.request.timeout.unwrap_or(core.settings().timeouts.call);
    let mut failing_since = None;
    let mut failure = None;
    let mut state = None;
    for questions in 1.. {
        let left = deadline.duration_since(Instant::now());
        let asked_to_wait;
        failure = match ask(options.request.clone().timeout(of_a_question.min(left))).await {
            Ok(answer) => {
                match progress(&answer.value) {
                    WaitState::Over => return Ok(answer),
                    WaitState::Pending(told) => state = told.or(state),
                }
                asked_to_wait = retry_after(&answer.http.headers, SystemTime::now());
                None
            }
            Err(AuthleteError::RequestTimeout { phase: TimeoutPhase::Call, context })
                if Instant::now() >= deadline =>
            {
                return Err(AuthleteError::waited_too_long(context.last_state(state)));
            }
            Err(error) => {
                asked_to_wait = error.retry_after();
                // A question that took too long may be asked again: it has no effect.
                let may_pass = error.is_retryable() || error.is_timeout();
                let since = *failing_since.get_or_insert_with(Instant::now);
                if is_not_found(&error) && started.elapsed() < options.not_found_grace {
                    None
                } else if may_pass && since.elapsed() < options.max_outage {
                    Some(error)
                } else {
                    return Err(error);
                }
            }
        };
        failing_since = failing_since.filter(|_| failure.is_some());
        let ceiling = options.pauses.ceiling(questions);
        let pause = share(ceiling, 0.5 + core.settings().random.draw() / 2.0);
        let next = after(Instant::now(), pause.max(asked_to_wait.unwrap_or_default()));
        if next >= deadline {
            break;
        }
        timer.sleep(next).await;
    }
    let Some(mut failure) = failure else {
        let answered = ErrorContext::new(Delivery::Answered).of(operation, 0);
        return Err(AuthleteError::waited_too_long(answered.last_state(state)));
    };
    failure.context_mut().last_state = state.map(String::into_boxed_str);
    Err(failure)
}

/// Whether Authlete itself answered "not found". A gateway's 404 has no JSON object.
fn is_not_found(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::Result { .. })
        && error.http().is_some_and(|http| http.status == StatusCode::NOT_FOUND)
}
