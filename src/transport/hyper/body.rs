//! The body of a response, which gives its connection back when it ends.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::super::TransportError;
use super::connection::{Connection, IncomingBody};
use super::fault::broken;
use super::origin::Key;
use super::pool::Pool;

/// A connection that is in use, and where it belongs.
pub(super) struct Pooled {
    pub(super) pool: Arc<Pool>,
    pub(super) key: Key,
    pub(super) connection: Connection,
    pub(super) server_keeps: Option<Duration>,
}

/// A response's body, with the connection it comes over.
pub(crate) struct PooledBody {
    incoming: IncomingBody,
    pooled: Option<Pooled>,
}

impl PooledBody {
    pub(super) fn new(incoming: IncomingBody, pooled: Pooled) -> Self {
        let mut body = Self { incoming, pooled: Some(pooled) };
        if body.is_end_stream() {
            body.give_back();
        }
        body
    }

    /// The response has ended. What has not taken all of its request is of no further use.
    fn give_back(&mut self) {
        if let Some(mut pooled) = self.pooled.take()
            && pooled.connection.has_ended()
        {
            pooled.pool.put(&pooled.key, pooled.connection, pooled.server_keeps);
        }
    }

    fn poll_incoming(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.incoming {
            IncomingBody::Http1(incoming) => {
                Pin::new(incoming).poll_frame(context).map(|frame| frame.map(|frame| frame.map_err(broken)))
            }
            #[cfg(feature = "http2")]
            IncomingBody::Http2(incoming) => incoming.poll_frame(context),
        }
    }
}

impl Body for PooledBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(self.poll_incoming(context));
        match &frame {
            Some(Err(_)) => self.pooled = None,
            Some(Ok(_)) if !self.is_end_stream() => {}
            _ => self.give_back(),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        match &self.incoming {
            IncomingBody::Http1(incoming) => incoming.is_end_stream(),
            #[cfg(feature = "http2")]
            IncomingBody::Http2(incoming) => incoming.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.incoming {
            IncomingBody::Http1(incoming) => incoming.size_hint(),
            #[cfg(feature = "http2")]
            IncomingBody::Http2(incoming) => incoming.size_hint(),
        }
    }
}
