//! From settings to a core.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

use super::credentials::{BearerProvider, BearerSource, authorization};
use super::retry::{Budget, Random, RetryConfig};
use super::server::{BaseUrl, Server};
use super::settings::{SizeLimits, Timeouts};
use super::{AuthleteCore, CoreSettings};
use crate::error::{AuthleteError, CredentialError, InvalidValue};
use crate::input::{Untrimmed, add_header, environment, parse_header};
use crate::models::Secret;
use crate::observer::Observer;
#[cfg(feature = "hyper-client")]
use crate::transport::HyperTransportBuilder;
#[cfg(feature = "_tls")]
use crate::transport::TlsConfig;
use crate::transport::Transport;

impl AuthleteCore {
    /// Starts to configure a core.
    pub fn builder() -> AuthleteCoreBuilder {
        AuthleteCoreBuilder::default()
    }

    /// A core configured by the environment: `AUTHLETE_BEARER` (required), `AUTHLETE_BASE_URL` (else [`Server::Us`]) and
    /// `AUTHLETE_SERVICE_ID` (optional). An empty variable counts as unset.
    ///
    /// # Errors
    /// As [`AuthleteCoreBuilder::build`].
    pub fn from_env() -> Result<Self, AuthleteError> {
        AuthleteCoreBuilder::from_env().build()
    }
}

/// Configures an [`AuthleteCore`].
///
/// | setting | default |
/// |---|---|
/// | [`bearer`](Self::bearer) | `AUTHLETE_BEARER` |
/// | [`server`](Self::server), [`base_url`](Self::base_url) | [`Server::Us`] |
/// | [`service_id`](Self::service_id) | none: every request names its own |
/// | [`retries`](Self::retries) | [`RetryConfig::None`] |
/// | [`timeout`](Self::timeout), the whole call | 60 s |
/// | [`attempt_timeout`](Self::attempt_timeout) | 30 s |
/// | [`stall_timeout`](Self::stall_timeout), a response's silence | 10 s |
/// | connecting, TLS included | 5 s, see [`HyperTransport`](crate::transport) |
/// | `max_connection_age`, a connection of the built-in transport | 5 min |
/// | [`max_response_bytes`](Self::max_response_bytes) | 16 MiB |
/// | [`max_error_bytes`](Self::max_error_bytes) | 64 KiB |
#[must_use]
pub struct AuthleteCoreBuilder {
    bearer: Option<Provided>,
    base_url: Option<String>,
    service_id: Option<String>,
    allow_plain_http: bool,
    transport: Option<Box<dyn Transport>>,
    #[cfg(feature = "hyper-client")]
    built_in: Option<HyperTransportBuilder>,
    retries: RetryConfig,
    random: Random,
    timeouts: Timeouts,
    limits: SizeLimits,
    // The setter reads headers, so that a program which sets none does not link the code that reads them.
    user_agent: Option<HeaderValue>,
    headers: HeaderMap,
    observer: Option<Arc<dyn Observer>>,
    #[cfg(feature = "tracing")]
    trace_server_address: bool,
    rejected: Option<InvalidValue>,
}

enum Provided {
    Secret(Secret),
    Provider(Arc<dyn BearerProvider>),
}

impl Default for AuthleteCoreBuilder {
    fn default() -> Self {
        Self {
            bearer: None,
            base_url: None,
            service_id: None,
            allow_plain_http: false,
            transport: None,
            #[cfg(feature = "hyper-client")]
            built_in: None,
            retries: RetryConfig::None,
            random: Random::default(),
            timeouts: Timeouts::default(),
            limits: SizeLimits::default(),
            user_agent: None,
            headers: HeaderMap::new(),
            observer: None,
            #[cfg(feature = "tracing")]
            trace_server_address: false,
            rejected: None,
        }
    }
}

impl AuthleteCoreBuilder {
    /// A builder that has `AUTHLETE_BASE_URL` and `AUTHLETE_SERVICE_ID` where they are set, for adding other settings to
    /// what [`AuthleteCore::from_env`] reads.
    pub fn from_env() -> Self {
        Self {
            base_url: environment("AUTHLETE_BASE_URL"),
            service_id: environment("AUTHLETE_SERVICE_ID"),
            ..Self::default()
        }
    }

    /// The API's bearer: a service access token or an organization token.
    pub fn bearer(mut self, bearer: impl Into<Secret>) -> Self {
        self.bearer = Some(Provided::Secret(bearer.into()));
        self
    }

    /// Where to get the bearer from, before every attempt.
    pub fn bearer_provider(mut self, provider: impl BearerProvider) -> Self {
        self.bearer = Some(Provided::Provider(Arc::new(provider)));
        self
    }

    /// One of Authlete's shared clusters.
    pub fn server(self, server: Server) -> Self {
        self.base_url(server.url())
    }

    /// Any other server: `https://HOST[:PORT][/PREFIX]`. Leave out `/api`, with which every path of the API begins; if a
    /// gateway really wants another one in front, write it `/%61pi`. Plain `http` is for this machine only, unless
    /// [`allow_plain_http`](Self::allow_plain_http) is set.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Lets the bearer, and every token, be sent in clear text over a network.
    pub fn allow_plain_http(mut self, allowed: bool) -> Self {
        self.allow_plain_http = allowed;
        self
    }

    /// The service of requests that name none.
    pub fn service_id(mut self, id: impl Into<String>) -> Self {
        self.service_id = Some(id.into());
        self
    }

    /// What carries the requests, in place of the built-in transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Trust and client certificate of the built-in transport.
    #[cfg(feature = "_tls")]
    pub fn tls(mut self, tls: TlsConfig) -> Self {
        self.built_in = Some(self.built_in.unwrap_or_default().tls(tls));
        self
    }

    /// Connects the built-in transport through this proxy, or with `None` directly.
    #[cfg(feature = "proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "proxy")))]
    pub fn proxy(mut self, proxy: impl Into<Option<crate::transport::Proxy>>) -> Self {
        self.built_in = Some(self.built_in.unwrap_or_default().proxy(proxy));
        self
    }

    /// Bounds the built-in transport's connecting, TLS included.
    #[cfg(feature = "hyper-client")]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.built_in = Some(self.built_in.unwrap_or_default().connect_timeout(timeout));
        self
    }

    /// How long the built-in transport keeps an unused connection.
    #[cfg(feature = "hyper-client")]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.built_in = Some(self.built_in.unwrap_or_default().idle_timeout(timeout));
        self
    }

    /// How old a connection of the built-in transport may become before calls use a new one: 5 min.
    #[cfg(feature = "hyper-client")]
    pub fn max_connection_age(mut self, age: Duration) -> Self {
        self.built_in = Some(self.built_in.unwrap_or_default().max_connection_age(age));
        self
    }

    /// How long an HTTP/2 server may be silent during an exchange until the built-in transport asks whether it is there: 10 s.
    #[cfg(feature = "http2")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
    pub fn ping_interval(mut self, interval: Duration) -> Self {
        self.built_in = Some(self.built_in.unwrap_or_default().ping_interval(interval));
        self
    }

    /// How many headers a response may have over the built-in transport's HTTP/1.1: 100, which costs least.
    #[cfg(feature = "hyper-client")]
    pub fn max_headers(mut self, headers: usize) -> Self {
        self.built_in = Some(self.built_in.unwrap_or_default().max_headers(headers));
        self
    }

    /// Whether failed attempts are repeated.
    pub fn retries(mut self, retries: impl Into<RetryConfig>) -> Self {
        self.retries = retries.into();
        self
    }

    /// Where the jitter of pauses comes from: numbers from 0 to 1. With `|| 1.0` every pause has its full length.
    pub fn jitter(mut self, random: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.random = Random(Some(Arc::new(random)));
        self
    }

    /// Bounds a whole call: credentials, attempts, pauses, bodies.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.call = timeout;
        self
    }

    /// Bounds each attempt, from the request to the end of its response's body.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = timeout;
        self
    }

    /// Bounds the silence while a response's body is read.
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.stall = timeout;
        self
    }

    /// Sets all of these time limits at once, as they are read from a file for instance. The limits of the
    /// built-in transport that are `None` are left as they are.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        #[cfg(feature = "hyper-client")]
        {
            if let Some(connect) = timeouts.connect {
                self = self.connect_timeout(connect);
            }
            if let Some(idle) = timeouts.idle {
                self = self.idle_timeout(idle);
            }
        }
        self
    }

    /// Sets both limits of size at once, as they are read from a file for instance.
    pub fn size_limits(mut self, limits: SizeLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The longest body of a success; a longer one is an error.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.max_response_bytes = bytes;
        self
    }

    /// How much is kept of the body of an error status.
    pub fn max_error_bytes(mut self, bytes: usize) -> Self {
        self.limits.max_error_bytes = bytes;
        self
    }

    /// What to send as `User-Agent` (RFC 9110 section 10.1.5).
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        match HeaderValue::try_from(user_agent.into()) {
            Ok(value) => self.user_agent = Some(value),
            Err(_) => self.reject(InvalidValue::new("user agent", "has control characters")),
        }
        self
    }

    /// Sends this header with every request.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match parse_header(name.as_ref(), value.as_ref()) {
            Ok((AUTHORIZATION, _)) => {
                self.reject(InvalidValue::new("header", "is Authorization, which the bearer sets"));
            }
            Ok((name, value)) => {
                if let Err(rejected) = add_header(&mut self.headers, name, value) {
                    self.reject(rejected);
                }
            }
            Err(rejected) => self.reject(rejected),
        }
        self
    }

    /// Reports every attempt of every call to this observer, and every connection of the built-in transport. It replaces one set
    /// earlier.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Whether the spans of attempts have `server.address` and `server.port`. Without it, no span tells where requests go.
    #[cfg(feature = "tracing")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tracing")))]
    pub fn trace_server_address(mut self, shown: bool) -> Self {
        self.trace_server_address = shown;
        self
    }

    /// Keeps the first thing that was found wrong; [`build`](Self::build) returns it.
    fn reject(&mut self, rejected: InvalidValue) {
        self.rejected.get_or_insert(rejected);
    }

    /// Makes the core. Nothing is connected yet.
    ///
    /// # Errors
    /// - [`AuthleteError::Credential`] if there is no bearer, or one that no header can carry.
    /// - [`AuthleteError::SdkValidation`] if the URL, a header, the TLS settings or their combination is invalid.
    ///
    /// Neither shows the value it is about.
    pub fn build(self) -> Result<AuthleteCore, AuthleteError> {
        const USER_AGENT: HeaderValue =
            HeaderValue::from_static(concat!("authlete-rust/", env!("CARGO_PKG_VERSION")));
        let bearer = match self.bearer {
            Some(Provided::Provider(provider)) => BearerSource::Provider(provider),
            Some(Provided::Secret(secret)) => fixed(&secret)?,
            None => match environment("AUTHLETE_BEARER") {
                Some(bearer) => fixed(&bearer.into())?,
                None => return Err(AuthleteError::credential(CredentialError::Missing)),
            },
        };
        let base = BaseUrl::parse(self.base_url.as_deref().unwrap_or(Server::default().url()))?;
        if !self.allow_plain_http && !base.is_private() {
            return Err(BaseUrl::PLAIN.into());
        }
        if let Some(rejected) = self.rejected {
            return Err(rejected.into());
        }
        if let Some(id) = &self.service_id {
            Untrimmed::reject("serviceId", id)?;
        }
        #[cfg(feature = "hyper-client")]
        let transport = match (self.transport, self.built_in) {
            (Some(transport), None) => transport,
            (None, built_in) => {
                let built_in = built_in.unwrap_or_default().reporting(self.observer.clone());
                Box::new(built_in.build()?) as Box<dyn Transport>
            }
            (Some(_), Some(_)) => {
                return Err(
                    InvalidValue::new("transport", "is given beside settings of the built-in one").into()
                );
            }
        };
        #[cfg(not(feature = "hyper-client"))]
        let transport = self
            .transport
            .ok_or(InvalidValue::new("transport", "is needed: this build has none of its own"))?;
        Ok(AuthleteCore {
            settings: Arc::new(CoreSettings {
                transport,
                base,
                allow_plain_http: self.allow_plain_http,
                bearer,
                service_id: self.service_id.map(Into::into),
                retries: self.retries,
                random: self.random,
                budget: Budget::default(),
                timeouts: self.timeouts,
                limits: self.limits,
                user_agent: self.user_agent.unwrap_or(USER_AGENT),
                headers: self.headers,
                observer: self.observer,
                #[cfg(feature = "tracing")]
                trace_server_address: self.trace_server_address,
            }),
        })
    }
}

fn fixed(bearer: &Secret) -> Result<BearerSource, AuthleteError> {
    authorization(bearer).map(BearerSource::Fixed).map_err(AuthleteError::credential)
}

impl fmt::Debug for AuthleteCoreBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AuthleteCoreBuilder")
    }
}
