//! One connection, whatever it speaks.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Response;
use http::uri::PathAndQuery;
use tokio::time::{Instant, sleep_until};

use super::super::{Progress, TransportError};
use super::common::{ConnectionSettings, Outgoing, Unanswered};
use super::fault::ended;
use super::http1::Http1;
#[cfg(feature = "http2")]
use super::http2::{self, Http2};
use super::life::Life;
use super::origin::Origin;
use super::stream::Stream;
use crate::exchange::Delivery;
use crate::observer::CloseReason;
use crate::runtime::{Race, Timer};

/// A connection, or with HTTP/2 a share in one.
pub(super) enum Connection {
    Http1(Http1),
    #[cfg(feature = "http2")]
    Http2(Http2),
}

/// The body of a response, as it comes over a connection.
pub(super) enum IncomingBody {
    Http1(hyper::body::Incoming),
    #[cfg(feature = "http2")]
    Http2(Box<http2::Http2Body>),
}

impl Connection {
    /// Speaks over the stream what the server has picked.
    pub(super) async fn over(
        stream: Stream,
        origin: &Origin,
        settings: &ConnectionSettings,
    ) -> Result<Self, TransportError> {
        #[cfg(feature = "http2")]
        if stream.selected_http2() {
            return Http2::over(stream, settings).await.map(Self::Http2);
        }
        Http1::over(stream, origin, settings).await.map(Self::Http1)
    }

    /// Whether only one exchange at a time can use it.
    pub(super) fn is_exclusive(&self) -> bool {
        match self {
            Self::Http1(_) => true,
            #[cfg(feature = "http2")]
            Self::Http2(_) => false,
        }
    }

    /// Another share in the connection, if it can be shared.
    pub(super) fn another(&self) -> Option<Self> {
        match self {
            Self::Http1(_) => None,
            #[cfg(feature = "http2")]
            Self::Http2(share) => Some(Self::Http2(share.another())),
        }
    }

    /// A share for a call, if the server takes another exchange now.
    pub(super) fn lend(&self) -> Option<Self> {
        match self {
            Self::Http1(_) => None,
            #[cfg(feature = "http2")]
            Self::Http2(share) => share.lend().map(Self::Http2),
        }
    }

    /// A share in the connection if it may soon have room.
    #[cfg(feature = "http2")]
    pub(super) fn unsettled(&self) -> Option<Http2> {
        match self {
            Self::Http1(_) => None,
            Self::Http2(share) => share.is_unsettled().then(|| share.another()),
        }
    }

    /// How many exchanges at a time the server takes, if it has said so.
    pub(super) fn streams(&self) -> Option<usize> {
        match self {
            Self::Http1(_) => Some(1),
            #[cfg(feature = "http2")]
            Self::Http2(share) => share.streams(),
        }
    }

    /// The connection as the pool keeps it, in use by no call.
    pub(super) fn into_idle(self) -> Self {
        match self {
            Self::Http1(connection) => Self::Http1(connection),
            #[cfg(feature = "http2")]
            Self::Http2(share) => Self::Http2(share.another()),
        }
    }

    /// When the connection was made.
    pub(super) fn born(&self) -> Instant {
        match self {
            Self::Http1(connection) => connection.born(),
            #[cfg(feature = "http2")]
            Self::Http2(share) => share.born(),
        }
    }

    fn life(&self) -> &Life {
        match self {
            Self::Http1(connection) => &connection.life,
            #[cfg(feature = "http2")]
            Self::Http2(share) => share.life(),
        }
    }

    /// Says why the connection ends, before it is dropped.
    pub(super) fn ends(&self, reason: CloseReason) {
        self.life().end(reason);
    }

    /// Whether calls have shares in it.
    pub(super) fn is_lent(&self) -> bool {
        match self {
            Self::Http1(_) => false,
            #[cfg(feature = "http2")]
            Self::Http2(share) => share.is_lent(),
        }
    }

    /// Whether both are shares in one connection.
    #[cfg_attr(not(feature = "http2"), allow(unused_variables))]
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match self {
            Self::Http1(_) => false,
            #[cfg(feature = "http2")]
            Self::Http2(share) => matches!(other, Self::Http2(other) if share.is_same(other)),
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::Http1(connection) => connection.is_closed(),
            #[cfg(feature = "http2")]
            Self::Http2(share) => share.is_closed(),
        }
    }

    /// Waits for the connection to take a request, which it normally does at once.
    pub(super) async fn is_usable(&mut self) -> bool {
        const PATIENCE: Duration = Duration::from_millis(100);
        let at_once = poll_fn(|context| Poll::Ready(self.poll_usable(context))).await;
        if let Poll::Ready(usable) = at_once {
            return usable;
        }
        let deadline = Instant::now() + PATIENCE;
        let timer = pin!(sleep_until(deadline));
        let usable = pin!(poll_fn(|context| self.poll_usable(context)));
        matches!(Timer(timer).race(deadline, usable).await, Race::Won(true))
    }

    fn poll_usable(&mut self, context: &mut Context<'_>) -> Poll<bool> {
        match self {
            Self::Http1(connection) => connection.poll_usable(context),
            #[cfg(feature = "http2")]
            Self::Http2(share) => share.poll_usable(context),
        }
    }

    pub(super) async fn send(
        &mut self,
        #[cfg_attr(not(feature = "http2"), allow(unused_variables))] origin: &Origin,
        mut request: Outgoing,
        progress: &Progress,
    ) -> Result<Response<IncomingBody>, Unanswered> {
        let target = request.uri().path_and_query().cloned();
        let target = target.unwrap_or_else(|| PathAndQuery::from_static("/"));
        match self {
            Self::Http1(connection) => {
                if !progress.sending() {
                    return Err((ended(), None));
                }
                *request.uri_mut() = target.into();
                let sent = connection.send(request).await;
                if let Err((error, _)) = &sent
                    && error.delivery() == Delivery::NotSent
                {
                    progress.taken_back();
                }
                sent.map(|response| response.map(IncomingBody::Http1))
            }
            #[cfg(feature = "http2")]
            Self::Http2(share) => {
                let mut parts = http::uri::Parts::default();
                parts.scheme = Some(http::uri::Scheme::HTTPS);
                parts.authority = Some(origin.authority.clone());
                parts.path_and_query = Some(target);
                // It cannot fail with all three parts; if it did, h2 would refuse the request.
                *request.uri_mut() = http::Uri::from_parts(parts).unwrap_or_default();
                share
                    .send(request, progress)
                    .await
                    .map(|response| response.map(|body| IncomingBody::Http2(Box::new(body))))
            }
        }
    }

    /// Ends an exchange whose response is complete. Returns whether the connection can be used again.
    pub(super) fn has_ended(&mut self) -> bool {
        match self {
            Self::Http1(connection) => connection.has_written(),
            #[cfg(feature = "http2")]
            Self::Http2(share) => {
                share.settle();
                true
            }
        }
    }
}
