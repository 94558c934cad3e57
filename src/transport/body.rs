use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

use super::{BoxError, TransportError};
use crate::runtime::catch_panic;

/// A response's body: bytes at hand, or any [`http_body::Body`].
///
/// ```
/// use authlete::transport::ResponseBody;
///
/// let response = http::Response::new(ResponseBody::from(r#"{"resultCode":"A447001"}"#));
/// ```
pub struct ResponseBody(Kind);

enum Kind {
    /// Bytes in memory that have not been read yet.
    Full(Bytes),
    /// Any other body.
    Boxed(Pin<Box<dyn Body<Data = Bytes, Error = TransportError> + Send>>),
    #[cfg(feature = "hyper-client")]
    Pooled(super::hyper::PooledBody),
}

impl ResponseBody {
    /// Wraps a body that is still to be read. Its errors count as a response that broke off.
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let body = body.map_err(|error| {
            let error = error.into();
            match error.downcast::<TransportError>() {
                Ok(error) => *error,
                Err(error) => TransportError::with("the response broke off", Some(error)),
            }
        });
        Self(Kind::Boxed(Box::pin(body)))
    }

    #[cfg(feature = "hyper-client")]
    pub(super) fn pooled(body: super::hyper::PooledBody) -> Self {
        Self(Kind::Pooled(body))
    }
}

impl Drop for ResponseBody {
    /// Catches a panic of a foreign body: the response is known by then and must not be lost.
    fn drop(&mut self) {
        if let Kind::Boxed(_) = self.0 {
            let body = std::mem::replace(&mut self.0, Kind::Full(Bytes::new()));
            let _ = catch_panic(|| drop(body));
        }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(body: T) -> Self {
        Self(Kind::Full(body.into()))
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Kind::Full(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Full(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Kind::Boxed(body) => body.as_mut().poll_frame(context),
            #[cfg(feature = "hyper-client")]
            Kind::Pooled(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Full(bytes) => bytes.is_empty(),
            Kind::Boxed(body) => body.is_end_stream(),
            #[cfg(feature = "hyper-client")]
            Kind::Pooled(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Boxed(body) => body.size_hint(),
            #[cfg(feature = "hyper-client")]
            Kind::Pooled(body) => body.size_hint(),
        }
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ResponseBody(redacted)")
    }
}
