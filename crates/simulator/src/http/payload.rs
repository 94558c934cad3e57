//! The body of an answer, whole or less than announced.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use hyper::body::{Body, Frame, SizeHint};

/// Ends the connection without an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ended;

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the simulator ended the connection")
    }
}

impl std::error::Error for Ended {}

/// What follows the last byte of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyEnd {
    Proper,
    Close,
    Silence,
}

/// The body of a response: all of it, or less than was announced.
pub(super) struct Payload {
    announced: u64,
    data: Option<Bytes>,
    ending: BodyEnd,
    flushed: bool,
}

impl Payload {
    pub(super) fn whole(data: Bytes) -> Self {
        Self { announced: data.len() as u64, data: Some(data), ending: BodyEnd::Proper, flushed: false }
    }

    pub(super) fn half(data: Bytes, ending: BodyEnd) -> Self {
        // Even an empty body is announced as longer than what is sent.
        let announced = data.len().max(1) as u64;
        Self { announced, data: Some(data.slice(..data.len() / 2)), ending, flushed: false }
    }

    /// A response with this body. Headers that HTTP does not allow are left out.
    pub(super) fn respond(
        self,
        status: StatusCode,
        content_type: &str,
        headers: &[(String, String)],
    ) -> Response<Self> {
        let announced = self.announced;
        let bodiless = status == StatusCode::NO_CONTENT || status.is_informational();
        let mut response = Response::new(self);
        *response.status_mut() = status;
        let own = response.headers_mut();
        if !bodiless {
            if let Ok(value) = HeaderValue::from_str(content_type) {
                own.insert(CONTENT_TYPE, value);
            }
            own.insert(CONTENT_LENGTH, HeaderValue::from(announced));
        }
        for (name, value) in headers {
            let (Ok(name), Ok(value)) =
                (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
            else {
                continue;
            };
            if name == CONTENT_TYPE || name == DATE {
                own.insert(name, value);
            } else {
                own.append(name, value);
            }
        }
        response
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Ended;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Ended>>> {
        if let Some(data) = self.data.take().filter(|data| !data.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match self.ending {
            BodyEnd::Proper => Poll::Ready(None),
            BodyEnd::Silence => Poll::Pending,
            // hyper flushes what it has when the body is not ready; only then may the body fail.
            BodyEnd::Close if !self.flushed => {
                self.flushed = true;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            BodyEnd::Close => Poll::Ready(Some(Err(Ended))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }

    fn is_end_stream(&self) -> bool {
        self.announced == 0
    }
}
