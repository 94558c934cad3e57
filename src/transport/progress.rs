//! How far an exchange has come.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::Request;

use crate::exchange::Delivery;

/// How far an exchange has come, as its transport tells it.
///
/// A core gives one to its [`Transport`](super::Transport) with every request. When a time limit
/// passes, the transport's future is dropped, and this alone still knows whether the request may have been sent. A
/// transport that ignores it is correct: its call counts as [`MaybeSent`](Delivery::MaybeSent). One that uses it turns
/// every limit that passes while it connects into [`NotSent`](Delivery::NotSent), which may be repeated.
///
/// | when | call |
/// |---|---|
/// | nothing has been sent yet | [`connecting`](Self::connecting) |
/// | before the first byte of the request can leave | [`sending`](Self::sending) |
/// | the request came back, and nobody has processed it | [`taken_back`](Self::taken_back) |
///
/// ```
/// use authlete::BoxFuture;
/// use authlete::transport::{Progress, ResponseBody, Transport, TransportError};
/// use bytes::Bytes;
/// use http::{Request, Response};
///
/// # struct Connection;
/// # impl Connection {
/// #     async fn exchange(self, _: Request<Bytes>) -> Result<Response<ResponseBody>, TransportError> {
/// #         Ok(Response::new(ResponseBody::from("{}")))
/// #     }
/// # }
/// # async fn connect() -> std::io::Result<Connection> {
/// #     Ok(Connection)
/// # }
/// struct Mine;
///
/// impl Transport for Mine {
///     fn send(
///         &self,
///         request: Request<Bytes>,
///         progress: Progress,
///     ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
///         Box::pin(async move {
///             progress.connecting();
///             let connection =
///                 connect().await.map_err(|error| TransportError::new(error).not_sent())?;
///             if !progress.sending() {
///                 return Err(TransportError::new("the call has ended").not_sent());
///             }
///             connection.exchange(request).await
///         })
///     }
/// }
/// ```
///
/// Only what performs the exchange uses it. A transport that gives one request to several others gives each a
/// [default](Self::default) one, unless all of them use it.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<State>);

impl Progress {
    /// The one among the request's extensions, where [`TowerTransport`](super::TowerTransport) puts it. Without one, as outside of
    /// a core, one that nobody reads.
    #[must_use]
    pub fn of<B>(request: &Request<B>) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_default()
    }

    /// Says that nothing has been sent, and that nothing will be before [`sending`](Self::sending). What was said of an
    /// earlier exchange with the same request stands.
    pub fn connecting(&self) {
        self.0.0.fetch_or(State::TELLS, Ordering::AcqRel);
    }

    /// Says that the request may leave from now on, and returns whether it may. If not, the call has already ended as "not
    /// sent": the transport must send nothing.
    #[must_use]
    pub fn sending(&self) -> bool {
        self.0.0.fetch_add(State::ONE, Ordering::AcqRel) & State::ENDED == 0
    }

    /// Says that nobody has processed what the latest [`sending`](Self::sending) announced, and nobody will.
    pub fn taken_back(&self) {
        let less = |state: u32| (state & !State::ENDED >= State::ONE).then(|| state - State::ONE);
        // Without a `sending` there is nothing to take back.
        let _ = self.0.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, less);
    }

    /// From here on something else has the request, which may or may not tell.
    pub(super) fn handed_on(&self) {
        self.0.0.fetch_and(!State::TELLS, Ordering::AcqRel);
    }

    /// Ends the exchange. After `NotSent` it cannot begin to send.
    pub(crate) fn end(&self) -> Delivery {
        match self.0.0.fetch_or(State::ENDED, Ordering::AcqRel) {
            State::TELLS => Delivery::NotSent,
            _ => Delivery::MaybeSent,
        }
    }
}

/// One number: whether the transport tells, how many times it has begun to send, and whether the call has ended.
#[derive(Debug, Default)]
struct State(AtomicU32);

impl State {
    const TELLS: u32 = 1;
    const ONE: u32 = 2;
    const ENDED: u32 = 1 << 31;
}
