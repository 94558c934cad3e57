use std::error::Error;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use tower_service::Service;

use super::{BoxError, BoxFuture, Progress, ResponseBody, Transport, TransportError};
use crate::exchange::Delivery;

/// Any tower service as a transport: each request goes to its own clone, polled ready and then called. The request has its
/// [`Progress`] among its extensions, for a service that wants to tell it.
///
/// A [`TransportError`] anywhere in the chain of the service's error keeps what it says of delivery, so a stack over
/// `HyperTransport` loses nothing. Any other error counts as "may have been sent"; one of
/// readiness as "not sent", because nothing was given to the service yet.
///
/// A layer that itself repeats requests is not bound by this crate's rules: do not put one under operations that must
/// not happen twice.
pub struct TowerTransport<S> {
    /// The lock is held for a clone only; it spares services the duty to be `Sync`.
    service: Mutex<S>,
}

impl<S> TowerTransport<S> {
    /// Wraps the service.
    pub fn new(service: S) -> Self {
        Self { service: Mutex::new(service) }
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        mut request: Request<Bytes>,
        progress: Progress,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            progress.connecting();
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(|error| adopt(error.into(), Delivery::NotSent))?;
            progress.handed_on();
            request.extensions_mut().insert(progress);
            let response = service.call(request.map(Full::new)).await;
            let response = response.map_err(|error| adopt(error.into(), Delivery::MaybeSent))?;
            Ok(response.map(ResponseBody::new))
        })
    }
}

/// Takes a service's error over, with what a transport below it may have said.
fn adopt(error: BoxError, default: Delivery) -> TransportError {
    let error = match error.downcast::<TransportError>() {
        Ok(error) => return *error,
        Err(error) => error,
    };
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    let mut said = None;
    while let Some(inner) = cause {
        said = inner.downcast_ref::<TransportError>();
        if said.is_some() {
            break;
        }
        cause = inner.source();
    }
    let delivery = said.map_or(default, TransportError::delivery);
    let transient = said.is_none_or(TransportError::is_transient);
    let timeout = said.is_some_and(TransportError::is_timeout);
    let refused = said.and_then(TransportError::proxy_status);
    let mut adopted = TransportError::new(error).refused_by_proxy(refused);
    if delivery == Delivery::NotSent {
        adopted = adopted.not_sent();
    }
    if timeout {
        adopted = adopted.connect_timeout();
    }
    if transient { adopted } else { adopted.permanent() }
}

impl<S> std::fmt::Debug for TowerTransport<S> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TowerTransport")
    }
}
