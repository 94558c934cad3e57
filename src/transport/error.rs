use std::error::Error;
use std::fmt;

use http::StatusCode;

use crate::exchange::Delivery;

/// Any error, as an opaque box.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Why a transport returned no response, or why a response's body broke off.
///
/// One made by [`new`](Self::new) makes the most cautious claim: the request may have been sent, and the failure may pass. Say more
/// where more is certain.
///
/// ```
/// use authlete::transport::TransportError;
/// use authlete::Delivery;
///
/// let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
/// let error = TransportError::new(refused).not_sent();
/// assert_eq!(error.delivery(), Delivery::NotSent);
/// ```
pub struct TransportError(Box<Inner>);

struct Inner {
    what: &'static str,
    delivery: Delivery,
    transient: bool,
    timeout: bool,
    /// The status with which a proxy has refused to connect.
    proxy_status: Option<StatusCode>,
    /// Whether it is the caller's runtime that is at fault.
    no_runtime: bool,
    source: Option<BoxError>,
}

impl TransportError {
    /// An exchange that broke for this reason. The reason is in the source chain, so it must not hold secrets.
    #[must_use]
    pub fn new(source: impl Into<BoxError>) -> Self {
        Self::with("the transport failed", Some(source.into()))
    }

    pub(crate) fn with(what: &'static str, source: Option<BoxError>) -> Self {
        Self(Box::new(Inner {
            what,
            delivery: Delivery::MaybeSent,
            transient: true,
            timeout: false,
            proxy_status: None,
            no_runtime: false,
            source,
        }))
    }

    #[cfg(feature = "hyper-client")]
    pub(crate) fn no_runtime() -> Self {
        let mut error =
            Self::with("there is no tokio runtime with I/O and time", None).not_sent().permanent();
        error.0.no_runtime = true;
        error
    }

    /// What there is to say if there was no usable runtime.
    pub(crate) fn is_no_runtime(&self) -> Option<&'static str> {
        self.0.no_runtime.then_some(self.0.what)
    }

    /// Says that provably nothing was processed, so that even what must not happen twice may be sent again.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.0.delivery = Delivery::NotSent;
        self
    }

    /// Says that the same request would fail the same way.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.0.transient = false;
        self
    }

    /// Says that connecting took too long.
    #[must_use]
    pub fn connect_timeout(mut self) -> Self {
        self.0.delivery = Delivery::NotSent;
        self.0.timeout = true;
        self
    }

    /// Says with which status a proxy has refused to connect.
    pub(crate) fn refused_by_proxy(mut self, status: Option<StatusCode>) -> Self {
        self.0.proxy_status = status;
        self
    }

    /// Takes back what only holds before a response: it has begun, so the request was sent.
    pub(crate) fn within_response(mut self) -> Self {
        self.0.delivery = Delivery::MaybeSent;
        self.0.timeout = false;
        self
    }

    /// Whether the request may have been sent.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// Whether the failure may pass by itself.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.0.transient
    }

    /// Whether connecting took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// The status with which a proxy has refused to connect, such as 407 where it wants other credentials; `None` if no proxy
    /// answered.
    #[must_use]
    pub fn proxy_status(&self) -> Option<StatusCode> {
        self.0.proxy_status
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.what)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TransportError")
            .field("what", &self.0.what)
            .field("delivery", &self.0.delivery)
            .field("transient", &self.0.transient)
            .field("proxy_status", &self.0.proxy_status)
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
