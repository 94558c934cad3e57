//! What all calls share: a transport, credentials and settings.

mod builder;
mod credentials;
mod retry;
mod server;
pub(crate) mod settings;

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

pub use self::builder::AuthleteCoreBuilder;
pub use self::credentials::BearerProvider;
pub(crate) use self::credentials::{BearerSource, authorization};
pub use self::retry::{Backoff, RetryConfig};
pub(crate) use self::retry::{Budget, Random, TRANSIENT, retry_after, share};
pub(crate) use self::server::BaseUrl;
pub use self::server::Server;
pub use self::settings::{SizeLimits, Timeouts};
use crate::observer::Observer;
use crate::transport::Transport;

/// A transport and credentials: what every function takes first.
///
/// Cloning it is cheap and shares everything. Keep one per set of credentials: it holds the pool of connections. Its
/// `Debug` shows no more than its name.
#[derive(Clone)]
pub struct AuthleteCore {
    settings: Arc<CoreSettings>,
}

pub(crate) struct CoreSettings {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) base: BaseUrl,
    pub(crate) allow_plain_http: bool,
    pub(crate) bearer: BearerSource,
    pub(crate) service_id: Option<Box<str>>,
    pub(crate) retries: RetryConfig,
    pub(crate) random: Random,
    pub(crate) budget: Budget,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: SizeLimits,
    pub(crate) user_agent: HeaderValue,
    pub(crate) headers: HeaderMap,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    #[cfg(feature = "tracing")]
    pub(crate) trace_server_address: bool,
}

impl AuthleteCore {
    pub(crate) fn settings(&self) -> &CoreSettings {
        &self.settings
    }
}

impl fmt::Debug for AuthleteCore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AuthleteCore")
    }
}

impl CoreSettings {
    /// Whether the bearer may go there.
    pub(crate) fn may_be_sent_to(&self, base: &BaseUrl) -> bool {
        self.allow_plain_http || base.is_private()
    }
}
