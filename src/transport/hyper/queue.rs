//! Calls that wait for a connection, and how many dials are under way.

use std::collections::VecDeque;

use tokio::sync::oneshot;

use super::connection::Connection;
use super::origin::Key;

/// What a waiting call gets.
pub(super) enum Offer {
    Connection(Connection),
    /// The dial that it waited for has failed, or has led to a connection for one call. It dials one of its own.
    Alone,
}

/// The calls that wait for a connection to one origin, and the dials to it.
pub(super) struct Queue {
    pub(super) key: Key,
    calls: VecDeque<WaitingCall>,
    dials: usize,
    /// Whether the origin is known to speak HTTP/1.1.
    exclusive: bool,
    next: u64,
}

struct WaitingCall {
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

    /// Adds a call. `streams` is how many calls one connection can serve at a time. There are never more dials than calls.
    pub(super) fn add(&mut self, streams: usize) -> Ticket {
        let streams = if self.exclusive { 1 } else { streams };
        let follows = self.dials.saturating_mul(streams) > self.calls.len();
        let (offer, offers) = oneshot::channel();
        let id = self.next;
        self.next += 1;
        self.calls.push_back(WaitingCall { id, follows, offer });
        self.dials += usize::from(!follows);
        Ticket { id, follows, offers }
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
    pub(super) fn dialled(&mut self, end: DialEnd) {
        self.dials = self.dials.saturating_sub(1);
        self.exclusive |= matches!(end, DialEnd::Exclusive);
        for call in std::mem::take(&mut self.calls) {
            if !call.follows {
                self.calls.push_back(call);
            } else if matches!(end, DialEnd::Exclusive | DialEnd::Failed) {
                let _ = call.offer.send(Offer::Alone);
            }
            // Dropping the sender makes the other calls check out again.
        }
    }
}

/// How a dial ended.
#[derive(Clone, Copy)]
pub(super) enum DialEnd {
    /// With a connection for one call at a time.
    Exclusive,
    Shared,
    Failed,
    /// Its call was dropped.
    Abandoned,
}

/// A call's entry in the queue.
pub(super) struct Ticket {
    pub(super) id: u64,
    /// Whether the call waits for the dial of another. If not, it dials.
    pub(super) follows: bool,
    pub(super) offers: oneshot::Receiver<Offer>,
}
