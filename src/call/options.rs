//! What one call may do differently.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;

use crate::core::{BaseUrl, RetryConfig};
use crate::error::InvalidValue;
use crate::exchange::HeaderNames;
use crate::input::{add_header, parse_header};

/// Settings for one call, over those of the core.
///
/// The first setting that is refused is kept, and the call reports it without sending anything.
///
/// ```
/// use std::time::Duration;
/// use authlete::{RequestOptions, RetryConfig};
///
/// let options = RequestOptions::new()
///     .header("x-request-id", "7f3c")
///     .timeout(Duration::from_secs(20))
///     .retries(RetryConfig::backoff());
/// ```
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retries: Option<RetryConfig>,
    pub(crate) retry_codes: Option<Vec<u16>>,
    pub(crate) base_url: Option<BaseUrl>,
    pub(crate) replay_non_idempotent: bool,
    /// What was refused first. The call reports it.
    pub(crate) rejected: Option<InvalidValue>,
}

impl RequestOptions {
    /// No difference from the core.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends this header, in place of any header of the same name. With `Authorization` the core's bearer is left out.
    ///
    /// If it is no valid header (RFC 9110 section 5), the call fails with
    /// [`SdkValidation`](crate::AuthleteError::SdkValidation).
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let added =
            parse_header(name, value).and_then(|(name, value)| add_header(&mut self.headers, name, value));
        if let Err(rejected) = added {
            self.rejected.get_or_insert(rejected);
        }
        self
    }

    /// Bounds the whole call: credentials, attempts, pauses, bodies.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Bounds each attempt, from the request to the end of its response's body.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Decides whether failed attempts are repeated.
    #[must_use]
    pub fn retries(mut self, retries: impl Into<RetryConfig>) -> Self {
        self.retries = Some(retries.into());
        self
    }

    /// The statuses that count as transient, in place of 408, 429, 500, 502, 503 and 504. An operation that may not be
    /// repeated is not repeated for any status.
    #[must_use]
    pub fn retry_codes(mut self, codes: impl IntoIterator<Item = u16>) -> Self {
        self.retry_codes = Some(codes.into_iter().collect());
        self
    }

    /// Sends this call elsewhere. The bearer goes there too.
    ///
    /// If it is no usable base URL, or a plain `http` one that the core does not allow, the call fails with
    /// [`SdkValidation`](crate::AuthleteError::SdkValidation).
    #[must_use]
    pub fn base_url(mut self, url: &str) -> Self {
        match BaseUrl::parse(url) {
            Ok(base) => self.base_url = Some(base),
            Err(rejected) => {
                self.rejected.get_or_insert(rejected);
            }
        }
        self
    }

    /// Lets failed attempts be repeated even where a repetition can have a second effect: tokens created twice, a secret
    /// rotated twice. Only for a caller who knows that it cannot.
    #[must_use]
    pub fn replay_non_idempotent(mut self, allowed: bool) -> Self {
        self.replay_non_idempotent = allowed;
        self
    }
}

impl fmt::Debug for RequestOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestOptions")
            .field("headers", &HeaderNames(&self.headers))
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retries", &self.retries)
            .field("retry_codes", &self.retry_codes)
            .field("base_url", &self.base_url.is_some())
            .field("replay_non_idempotent", &self.replay_non_idempotent)
            .finish()
    }
}
