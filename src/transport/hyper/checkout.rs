//! Calls that wait for a connection, and the dials under way.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};

use tokio::sync::oneshot;

use super::connection::Connection;
#[cfg(feature = "http2")]
use super::http2::Http2;
use super::pool::{Key, Pool};

/// What a call that finds no idle connection does.
pub(super) enum Checkout {
    /// One has become free in the meantime.
    Connection(Connection),
    /// One of HTTP/2 is there, but its server has yet to say how many streams it takes, or that it is alive.
    #[cfg(feature = "http2")]
    Unsettled(Http2),
    /// A dial under way will do.
    Wait(Waiter),
    Dial(Waiter, Dial),
}

/// What a waiting call gets.
pub(super) enum Offer {
    Connection(Connection),
    /// The dial that it waited for has failed, or has led to a connection for one call. It dials one of its own.
    Alone,
}

/// The calls that wait for a connection to one origin, and the dials to it.
pub(super) struct Queue {
    pub(super) key: Key,
    calls: VecDeque<Call>,
    dials: usize,
    /// Whether the origin is known to speak HTTP/1.1.
    exclusive: bool,
    next: u64,
}

struct Call {
    id: u64,
    /// Whether it waits for the dial of another.
    follows: bool,
    offer: oneshot::Sender<Offer>,
}

impl Queue {
    pub(super) fn new(key: Key) -> Self {
        Self { key, calls: VecDeque::new(), dials: 0, exclusive: false, next: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty() && self.dials == 0
    }

    /// Adds a call. `streams` is how many calls one connection can serve at a time. Never are there more dials than calls.
    pub(super) fn add(&mut self, pool: &Arc<Pool>, streams: usize) -> Checkout {
        let streams = if self.exclusive { 1 } else { streams };
        let follows = self.dials.saturating_mul(streams) > self.calls.len();
        let (offer, offers) = oneshot::channel();
        let id = self.next;
        self.next += 1;
        self.calls.push_back(Call { id, follows, offer });
        let waiter = Waiter { pool: Arc::downgrade(pool), key: self.key.clone(), id, offers: Some(offers) };
        if follows {
            return Checkout::Wait(waiter);
        }
        self.dials += 1;
        let dial = Dial { pool: Arc::downgrade(pool), key: self.key.clone(), end: Some(End::Abandoned) };
        Checkout::Dial(waiter, dial)
    }

    pub(super) fn remove(&mut self, id: u64) {
        self.calls.retain(|call| call.id != id);
    }

    /// Gives a connection for one call to the call that has waited longest, or back.
    pub(super) fn give(&mut self, connection: Connection) -> Option<Connection> {
        let mut offer = Offer::Connection(connection);
        while let Some(call) = self.calls.pop_front() {
            match call.offer.send(offer) {
                Ok(()) => return None,
                Err(back) => offer = back,
            }
        }
        match offer {
            Offer::Connection(connection) => Some(connection),
            Offer::Alone => None,
        }
    }

    /// Gives shares in a connection to the calls that have waited longest, as far as it has room.
    pub(super) fn share(&mut self, connection: &Connection) {
        while !self.calls.is_empty() {
            let Some(share) = connection.lend() else { return };
            if self.give(share).is_some() {
                return;
            }
        }
    }

    /// A dial has ended.
    pub(super) fn dialled(&mut self, end: End) {
        self.dials = self.dials.saturating_sub(1);
        self.exclusive |= matches!(end, End::Exclusive);
        for call in std::mem::take(&mut self.calls) {
            if !call.follows {
                self.calls.push_back(call);
            } else if matches!(end, End::Exclusive | End::Failed) {
                let _ = call.offer.send(Offer::Alone);
            }
            // The others look again.
        }
    }
}

/// How a dial ended.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// With a connection for one call at a time.
    Exclusive,
    Shared,
    Failed,
    /// Its call was dropped.
    Abandoned,
}

/// A call's place in the queue.
pub(super) struct Waiter {
    pool: Weak<Pool>,
    key: Key,
    id: u64,
    /// Until there was an answer.
    offers: Option<oneshot::Receiver<Offer>>,
}

impl Waiter {
    /// `None` if the call is to look again.
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
            // Given to a call that has left meanwhile.
            pool.put(&self.key, connection, None);
        }
    }
}

/// A dial under way.
pub(super) struct Dial {
    pool: Weak<Pool>,
    key: Key,
    end: Option<End>,
}

impl Dial {
    /// The dial has ended, with a connection for whoever comes or without one.
    pub(super) fn end(self, connection: Option<Connection>) {
        let end = match &connection {
            Some(connection) if connection.is_exclusive() => End::Exclusive,
            Some(_) => End::Shared,
            None => End::Failed,
        };
        if let (Some(connection), Some(pool)) = (connection, self.pool.upgrade()) {
            pool.put(&self.key, connection, None);
        }
        self.over(end);
    }

    pub(super) fn over(mut self, end: End) {
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
