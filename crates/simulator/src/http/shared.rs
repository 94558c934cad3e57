//! What the server, the simulator and its handles share.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::{Notify, watch};

use super::chance::Chance;
use super::faults::Faults;
use super::gate::Gate;
use super::limits::Limits;
use super::outages::{Outage, Outages};
use super::record::RecordedRequest;
use crate::clock::Clock;
use crate::lock::locked;
use crate::operations::Engine;

pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) bearer: String,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(super) outages: Outages,
    pub(super) requests: Mutex<Vec<RecordedRequest>>,
    pub(super) accepted: AtomicUsize,
    pub(super) open: AtomicUsize,
    dropped: Mutex<Option<Chance>>,
    gate: OnceLock<Gate>,
    /// Told when what the server waits for has changed.
    pub(super) changed: Notify,
    /// Told when every connection is to close after what is under way.
    pub(super) closing: watch::Sender<()>,
}

impl Shared {
    pub(crate) fn new(engine: Engine, bearer: String) -> Self {
        let clock = || Arc::clone(&engine.clock);
        Self {
            bearer,
            faults: Faults::new(clock()),
            limits: Limits::default(),
            outages: Outages::new(clock()),
            requests: Mutex::default(),
            accepted: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            dropped: Mutex::default(),
            gate: OnceLock::new(),
            changed: Notify::new(),
            closing: watch::Sender::new(()),
            engine,
        }
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.engine.clock
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock().advance(by);
        self.heed_outages();
    }

    /// Plans an outage; when it begins at once, it has begun on return.
    pub(crate) fn plan(&self, outage: Outage) {
        self.outages.plan(outage);
        self.heed_outages();
    }

    /// Ends every outage, planned ones included.
    pub(crate) fn end_outages(&self) {
        self.outages.clear();
        self.heed_outages();
    }

    /// Loses this share of the answers of operations that were carried out.
    pub(crate) fn drop_answers(&self, share: f64, seed: u64) {
        *locked(&self.dropped) = Some(Chance::new(share, seed));
    }

    /// Whether the answer to the operation that was just carried out is lost.
    pub(super) fn loses_answer(&self) -> bool {
        locked(&self.dropped).as_mut().is_some_and(Chance::draw)
    }

    /// Takes a port into use. Only the first call counts.
    pub(super) fn enter(&self, gate: Gate) {
        self.gate.get_or_init(|| gate);
        self.heed_outages();
    }

    /// Lets go of the port.
    pub(super) fn leave(&self) {
        if let Some(gate) = self.gate.get() {
            gate.remove();
        }
    }

    /// The next connection.
    pub(super) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        self.gate.get().map_or(Poll::Pending, |gate| gate.poll_accept(cx))
    }

    /// Opens or closes the port as the outages have it, and wakes the server to see when it must next.
    pub(super) fn heed_outages(&self) {
        self.heed_outages_quietly();
        self.changed.notify_one();
    }

    /// As above, for the server itself. A port that is lost to another program is tried again later.
    pub(super) fn heed_outages_quietly(&self) -> bool {
        let Some(gate) = self.gate.get() else {
            return true;
        };
        let refuses = self.outages.refuses();
        let changed = gate.set(!refuses);
        if refuses && changed.as_ref().is_ok_and(|changed| *changed) {
            self.closing.send_replace(());
        }
        changed.is_ok()
    }

    /// Adds to what is recorded of a request.
    pub(super) fn record(&self, index: usize, change: impl FnOnce(&mut RecordedRequest)) {
        if let Some(request) = locked(&self.requests).get_mut(index) {
            change(request);
        }
    }
}
