use std::future::Future;

use bytes::Bytes;
use http::{Request, Response};

use super::{BoxFuture, Progress, ResponseBody, Transport, TransportError};

/// Makes a transport of a function, so that code can be tested without a network.
///
/// ```
/// use authlete::transport::{ResponseBody, transport_fn};
///
/// let fake = transport_fn(|request| async move {
///     assert_eq!(request.method(), http::Method::GET);
///     Ok(http::Response::new(ResponseBody::from(r#"{"resultCode":"A447001"}"#)))
/// });
/// let core = authlete::AuthleteCore::builder().bearer("test").transport(fake).build();
/// ```
pub fn transport_fn<F, R>(function: F) -> FnTransport<F>
where
    F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Response<ResponseBody>, TransportError>> + Send + 'static,
{
    FnTransport(function)
}

/// A function as a transport; see [`transport_fn`].
#[derive(Clone, Copy)]
pub struct FnTransport<F>(F);

impl<F, R> Transport for FnTransport<F>
where
    F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Response<ResponseBody>, TransportError>> + Send + 'static,
{
    fn send(
        &self,
        request: Request<Bytes>,
        _: Progress,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin((self.0)(request))
    }
}

impl<F> std::fmt::Debug for FnTransport<F> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("FnTransport")
    }
}
