//! Settings and failures of revoking tokens a few at a time.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::call::RequestOptions;
use crate::error::AuthleteError;

/// Settings for revoking all tokens of a client or a user.
///
/// ```
/// use std::time::Duration;
/// use authlete::RevokeOptions;
///
/// let options = RevokeOptions::new().max_calls(50_000).timeout(Duration::from_secs(3_600));
/// ```
#[derive(Clone, Debug)]
pub struct RevokeOptions {
    pub(crate) max_calls: u32,
    pub(crate) timeout: Duration,
    pub(crate) request: RequestOptions,
}

impl Default for RevokeOptions {
    fn default() -> Self {
        Self { max_calls: 10_000, timeout: Duration::from_secs(600), request: RequestOptions::default() }
    }
}

impl RevokeOptions {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many calls to make at most: 10,000.
    #[must_use]
    pub fn max_calls(mut self, calls: u32) -> Self {
        self.max_calls = calls;
        self
    }

    /// How long all calls may take together: 10 minutes.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Settings for each call.
    #[must_use]
    pub fn request(mut self, options: RequestOptions) -> Self {
        self.request = options;
        self
    }
}

/// Why tokens may be left. Each variant tells how many have been revoked until then; what is revoked stays revoked, so call again to
/// go on.
#[derive(Debug)]
#[non_exhaustive]
pub enum RevokeError {
    /// A call failed.
    #[non_exhaustive]
    Call {
        /// How many tokens were revoked before.
        revoked: u64,
        /// The failure.
        source: AuthleteError,
    },
    /// The server did not say how many tokens it revoked, so it is not known whether any are left.
    #[non_exhaustive]
    Uncounted {
        /// How many tokens were revoked, as far as the server said.
        revoked: u64,
    },
    /// The server still revoked tokens when the bound on calls, or on time, was reached.
    #[non_exhaustive]
    Unfinished {
        /// How many tokens were revoked.
        revoked: u64,
        /// In how many calls.
        calls: u32,
    },
}

impl RevokeError {
    /// How many tokens were revoked before the failure.
    #[must_use]
    pub fn revoked(&self) -> u64 {
        match self {
            Self::Call { revoked, .. } | Self::Uncounted { revoked } | Self::Unfinished { revoked, .. } => {
                *revoked
            }
        }
    }
}

impl fmt::Display for RevokeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call { revoked, .. } => {
                write!(formatter, "a call failed after {revoked} tokens were revoked")
            }
            Self::Uncounted { revoked } => write!(
                formatter,
                "after {revoked} revoked tokens the server did not say how many more it revoked"
            ),
            Self::Unfinished { revoked, calls } => {
                write!(formatter, "after {calls} calls and {revoked} revoked tokens there were still more")
            }
        }
    }
}

impl Error for RevokeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Call { source, .. } => Some(source),
            Self::Uncounted { .. } | Self::Unfinished { .. } => None,
        }
    }
}
