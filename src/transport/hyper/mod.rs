//! The built-in transport: hyper's connections in a small pool of our own.
//!
//! hyper-util's pooled client would do for HTTP/1.1, but races every reuse against a new connection (so it dials more than it
//! needs), cannot hand an unsent message back to its caller, and is a good part of a small binary.

mod body;
mod checkout;
mod client;
mod common;
mod connect;
mod connection;
mod fault;
mod http1;
#[cfg(feature = "http2")]
mod http2;
mod life;
mod origin;
#[cfg(feature = "_tls")]
mod pem;
mod pool;
#[cfg(feature = "_tls")]
mod provider;
#[cfg(feature = "proxy")]
mod proxy;
mod queue;
mod resolve;
mod stream;
#[cfg(feature = "_tls")]
mod tls;

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use tower_service::Service;

pub(super) use self::body::PooledBody;
use self::client::{Dialer, HttpClient};
use self::common::ConnectionSettings;
use self::connect::Connector;
use self::life::Report;
use self::pool::Pool;
#[cfg(feature = "_tls")]
pub use self::provider::TlsProvider;
#[cfg(feature = "proxy")]
pub use self::proxy::Proxy;
use self::resolve::Resolver;
#[cfg(feature = "_tls")]
pub use self::tls::TlsConfig;
use super::{BoxFuture, Progress, ResponseBody, Transport, TransportError};
use crate::error::{AuthleteError, InvalidValue};
use crate::observer::Observer;

/// The default transport: pooled HTTP/1.1 on tokio, with TLS where the URL asks for it, and HTTP/2 where the settings offer it
/// and the server picks it.
///
/// Follows no redirects, uses no proxy unless it is given one, sets `TCP_NODELAY`, and connects only for a call that finds no free
/// connection. There are never more connections to a host than there have been calls at a time. With HTTP/2, calls that come while
/// a connection is being made wait for it; with HTTP/1.1, a call that connects takes a connection that becomes free meanwhile, and
/// the new one is for the next call.
///
/// It tries up to 64 addresses of a host in the manner of RFC 8305: the next one when one fails or has not answered within
/// 250 ms, or less if there are so many that half the connect timeout would not reach them all. If all fail, nothing was sent. The
/// failure counts as transient, unless a firewall or a route of this machine (`prohibit`, `blackhole`) forbids every address.
///
/// It is also a tower service, so that a stack can be put over it. Cloning it shares the pool.
#[derive(Clone)]
pub struct HyperTransport {
    client: Arc<HttpClient>,
}

impl HyperTransport {
    /// Starts to configure one.
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }

    /// One with the defaults.
    ///
    /// # Errors
    /// [`AuthleteError::SdkValidation`] if there is no provider of cryptography, which only happens with
    /// `rustls-no-provider`.
    pub fn new() -> Result<Self, AuthleteError> {
        Self::builder().build()
    }
}

impl Transport for HyperTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        progress: Progress,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move { self.client.send(request.map(Full::new), &progress).await })
    }
}

impl Service<Request<Full<Bytes>>> for HyperTransport {
    type Response = Response<ResponseBody>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Full<Bytes>>) -> Self::Future {
        let client = Arc::clone(&self.client);
        let progress = Progress::of(&request);
        Box::pin(async move { client.send(request, &progress).await })
    }
}

impl std::fmt::Debug for HyperTransport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("HyperTransport")
    }
}

/// Configures a [`HyperTransport`].
#[derive(Debug)]
#[must_use]
pub struct HyperTransportBuilder {
    connect_timeout: Duration,
    idle_timeout: Duration,
    max_age: Duration,
    settings: ConnectionSettings,
    /// The first setting that is out of its range.
    rejected: Option<InvalidValue>,
    #[cfg(feature = "_tls")]
    tls: TlsConfig,
    #[cfg(feature = "proxy")]
    proxy: Option<Proxy>,
}

impl Default for HyperTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(15),
            max_age: Duration::from_secs(300),
            settings: ConnectionSettings {
                max_headers: None,
                report: Report::default(),
                #[cfg(feature = "http2")]
                ping_interval: Duration::from_secs(10),
            },
            rejected: None,
            #[cfg(feature = "_tls")]
            tls: TlsConfig::default(),
            #[cfg(feature = "proxy")]
            proxy: None,
        }
    }
}

impl HyperTransportBuilder {
    /// Bounds connecting, from the name's resolution to the end of the TLS handshake: 5 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long an unused connection is kept: 15 s. If the server says how long it keeps one (`Keep-Alive: timeout=`), a second
    /// less than that where it is shorter: a request sent just as the server closes its connection may have arrived or not.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// How old a connection may become: 5 min, and never zero. An older one serves no further call, so that a connection that is
    /// always busy does not keep a host's old address for good. What is under way on it goes on.
    pub fn max_connection_age(mut self, age: Duration) -> Self {
        if age.is_zero() {
            self.rejected.get_or_insert(InvalidValue::new("max_connection_age", "is zero"));
        }
        self.max_age = age;
        self
    }

    /// How many headers a response over HTTP/1.1 may have, from 1 to 10,000: 100. Any number set here, even this one, makes each
    /// response cost an allocation more. Beyond it a call fails as [`Connection`](AuthleteError::Connection), and may have been sent.
    pub fn max_headers(mut self, headers: usize) -> Self {
        // Hyper makes room for so many at once, and a map of very many panics.
        if !(1..=10_000).contains(&headers) {
            self.rejected.get_or_insert(InvalidValue::new("max_headers", "is not from 1 to 10,000"));
        }
        self.settings.max_headers = Some(headers);
        self
    }

    /// How long an HTTP/2 server may be silent during an exchange until it is asked whether it is there (PING, RFC 9113 section
    /// 6.7): 10 s, and never zero. If it says nothing for as long again, the connection ends, and what is under way on it may have been sent.
    #[cfg(feature = "http2")]
    pub fn ping_interval(mut self, interval: Duration) -> Self {
        if interval.is_zero() {
            self.rejected.get_or_insert(InvalidValue::new("ping_interval", "is zero"));
        }
        self.settings.ping_interval = interval;
        self
    }

    /// Whom to trust, and with which certificate to identify oneself.
    #[cfg(feature = "_tls")]
    pub fn tls(mut self, tls: TlsConfig) -> Self {
        self.tls = tls;
        self
    }

    /// Connects through this proxy, or with `None` directly.
    #[cfg(feature = "proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "proxy")))]
    pub fn proxy(mut self, proxy: impl Into<Option<Proxy>>) -> Self {
        self.proxy = proxy.into();
        self
    }

    /// Reports every connection to this observer. Built into a core, the transport reports to the core's observer without it.
    pub fn observer(self, observer: impl Observer) -> Self {
        self.reporting(Some(Arc::new(observer)))
    }

    pub(crate) fn reporting(mut self, observer: Option<Arc<dyn Observer>>) -> Self {
        self.settings.report = Report(observer);
        self
    }

    /// Makes the transport. Nothing is connected yet.
    ///
    /// # Errors
    /// [`AuthleteError::SdkValidation`] if a setting is out of its range, or if the TLS settings leave no root certificates or no
    /// provider of cryptography.
    pub fn build(self) -> Result<HyperTransport, AuthleteError> {
        if let Some(rejected) = self.rejected {
            return Err(rejected.into());
        }
        #[cfg(feature = "proxy")]
        if let Some(rejected) = self.proxy.as_ref().and_then(|proxy| proxy.rejected.clone()) {
            return Err(rejected.into());
        }
        let dialer = Dialer {
            timeout: self.connect_timeout,
            settings: self.settings,
            #[cfg(feature = "http2")]
            offers_http2: self.tls.offers_http2(),
            #[cfg(not(feature = "http2"))]
            offers_http2: false,
            connector: Connector {
                resolver: Resolver::default(),
                within: self.connect_timeout,
                #[cfg(feature = "_tls")]
                tls: self.tls.connector()?,
                #[cfg(feature = "proxy")]
                proxy: self.proxy,
            },
        };
        let pool = Arc::new(Pool::new(self.idle_timeout, self.max_age));
        Ok(HyperTransport { client: Arc::new(HttpClient { dialer: Arc::new(dialer), pool }) })
    }
}
