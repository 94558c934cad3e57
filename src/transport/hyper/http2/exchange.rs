//! The two directions of a stream.

use std::task::{Context, Poll, ready};

use bytes::Bytes;
use h2::{RecvStream, SendStream};
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderName, TE, TRANSFER_ENCODING, UPGRADE};
use http::{HeaderMap, Method};
use http_body::{Frame, SizeHint};

use super::super::super::TransportError;
use super::super::fault::broken_http2;
use super::shared::Slot;

/// Adds what the body makes necessary, and removes what HTTP/2 does not allow (RFC 9113 section 8.2.2).
pub(super) fn complete(headers: &mut HeaderMap, method: &Method, length: usize) {
    const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
    const PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");
    for name in [HOST, CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE, TE] {
        headers.remove(name);
    }
    if length > 0 || [Method::POST, Method::PUT, Method::PATCH].contains(method) {
        headers.insert(CONTENT_LENGTH, length.into());
    }
}

/// What is left to send of a request. The stream is reset if it is dropped before the end.
pub(super) struct Upload {
    pub(super) stream: SendStream<Bytes>,
    pub(super) data: Bytes,
}

impl Upload {
    /// Sends what can be sent. What keeps the rest from being sent is the response's to tell.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) {
        while !self.data.is_empty() {
            self.stream.reserve_capacity(self.data.len());
            if self.stream.capacity() == 0 {
                match self.stream.poll_capacity(context) {
                    Poll::Ready(Some(Ok(_))) => continue,
                    Poll::Ready(_) => self.data = Bytes::new(),
                    Poll::Pending => {}
                }
                return;
            }
            let part = self.data.split_to(self.stream.capacity().min(self.data.len()));
            if self.stream.send_data(part, self.data.is_empty()).is_err() {
                self.data = Bytes::new();
            }
        }
    }
}

/// The body of a response.
pub(crate) struct Http2Body {
    pub(super) stream: RecvStream,
    pub(super) upload: Upload,
    /// What is left of the announced length.
    pub(super) length: Option<u64>,
    pub(super) slot: Slot,
}

impl Http2Body {
    pub(crate) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.upload.poll(context);
        let frame = match ready!(self.stream.poll_data(context)) {
            Some(data) => data.map(|data| {
                // It cannot be more than what has come.
                let _ = self.stream.flow_control().release_capacity(data.len());
                self.length = self.length.map(|length| length.saturating_sub(data.len() as u64));
                Frame::data(data)
            }),
            None => match ready!(self.stream.poll_trailers(context)) {
                Ok(Some(trailers)) => Ok(Frame::trailers(trailers)),
                Ok(None) => return Poll::Ready(None),
                Err(error) => Err(error),
            },
        };
        self.slot.heard();
        Poll::Ready(Some(frame.map_err(broken_http2)))
    }

    pub(crate) fn is_end_stream(&self) -> bool {
        self.stream.is_end_stream()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
