//! How requests travel: the one seam between this crate and a network.
//!
//! A [`Transport`] takes a complete request and returns the head of a response with a body still to be read. Time
//! limits, size limits and retries are not its business: the call pipeline enforces them on any transport.
//!
//! | you have | use |
//! |---|---|
//! | nothing special | the default, `HyperTransport` |
//! | a function, in a test say | [`transport_fn`] |
//! | a tower service or stack | [`TowerTransport`] |
//! | anything else | implement [`Transport`] |

mod body;
mod closure;
mod error;
#[cfg(feature = "hyper-client")]
mod hyper;
mod progress;
mod tower;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

pub use body::ResponseBody;
pub use closure::{FnTransport, transport_fn};
pub use error::{BoxError, TransportError};
#[cfg(feature = "proxy")]
pub use hyper::Proxy;
#[cfg(feature = "hyper-client")]
pub use hyper::{HyperTransport, HyperTransportBuilder};
#[cfg(feature = "_tls")]
pub use hyper::{TlsConfig, TlsProvider};
pub use progress::Progress;
pub use tower::TowerTransport;

/// A boxed future that can cross threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns one response.
///
/// An implementation follows no redirects, repeats nothing that could have been seen by the server, and decodes no
/// content encoding. Dropping the future abandons the exchange.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request, whose URI is absolute.
    ///
    /// A transport that connects should tell `progress` how far the exchange has come: only then is a time limit that passes
    /// meanwhile known to be harmless. One that ignores it is correct too.
    ///
    /// # Errors
    /// [`TransportError`], which tells whether the request may have been sent. When in doubt it was.
    fn send(
        &self,
        request: Request<Bytes>,
        progress: Progress,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        progress: Progress,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        (**self).send(request, progress)
    }
}
