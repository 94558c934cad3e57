//! How a call gets a connection.

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};

use tokio::sync::oneshot;

use super::connection::Connection;
#[cfg(feature = "http2")]
use super::http2::Http2;
use super::origin::Key;
use super::pool::{Found, Pool};
use super::queue::{DialEnd, Offer};

/// What a call gets from the pool.
pub(super) enum Checkout {
    /// One has become free in the meantime.
    Connection(Connection),
    /// One of HTTP/2 is there, but its server has yet to say how many streams it takes, or that it is alive.
    #[cfg(feature = "http2")]
    Unsettled(Http2),
    /// Wait for a dial under way.
    Wait(Waiter),
    Dial(Waiter, Dial),
}

/// Looks for a connection, or else queues. With `may_share` a dial under way may serve several calls.
pub(super) fn checkout(pool: &Arc<Pool>, key: &Key, may_share: bool) -> Checkout {
    let ticket = match pool.take_or_queue(key, may_share) {
        Found::Connection(connection) => return Checkout::Connection(connection),
        #[cfg(feature = "http2")]
        Found::Unsettled(share) => return Checkout::Unsettled(share),
        Found::Queued(ticket) => ticket,
    };
    let waiter =
        Waiter { pool: Arc::downgrade(pool), key: key.clone(), id: ticket.id, offers: Some(ticket.offers) };
    if ticket.follows {
        return Checkout::Wait(waiter);
    }
    Checkout::Dial(
        waiter,
        Dial { pool: Arc::downgrade(pool), key: key.clone(), end: Some(DialEnd::Abandoned) },
    )
}

/// A call that waits.
pub(super) struct Waiter {
    pool: Weak<Pool>,
    key: Key,
    id: u64,
    /// Until there was an answer.
    offers: Option<oneshot::Receiver<Offer>>,
}

impl Waiter {
    /// The offer, or `None` if the call must check out again.
    pub(super) fn poll_offer(&mut self, context: &mut Context<'_>) -> Poll<Option<Offer>> {
        let Some(offers) = &mut self.offers else { return Poll::Pending };
        let offer = ready!(Pin::new(offers).poll(context)).ok();
        self.offers = None;
        Poll::Ready(offer)
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let Some(pool) = self.pool.upgrade() else { return };
        pool.leave(&self.key, self.id);
        let Some(offers) = &mut self.offers else { return };
        offers.close();
        if let Ok(Offer::Connection(connection)) = offers.try_recv() {
            // The call has left since: give the connection back.
            pool.put(&self.key, connection, None);
        }
    }
}

/// A dial under way.
pub(super) struct Dial {
    pool: Weak<Pool>,
    key: Key,
    end: Option<DialEnd>,
}

impl Dial {
    /// The dial has ended, with a connection for whoever comes or without one.
    pub(super) fn end(self, connection: Option<Connection>) {
        let end = match &connection {
            Some(connection) if connection.is_exclusive() => DialEnd::Exclusive,
            Some(_) => DialEnd::Shared,
            None => DialEnd::Failed,
        };
        if let (Some(connection), Some(pool)) = (connection, self.pool.upgrade()) {
            pool.put(&self.key, connection, None);
        }
        self.over(end);
    }

    pub(super) fn over(mut self, end: DialEnd) {
        self.end = Some(end);
    }
}

impl Drop for Dial {
    fn drop(&mut self) {
        if let (Some(pool), Some(end)) = (self.pool.upgrade(), self.end.take()) {
            pool.dialled(&self.key, end);
        }
    }
}
