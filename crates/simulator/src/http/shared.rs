//! What the server, the simulator and its handles share.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::{Notify, watch};

use super::chance::Chance;
use super::dropped::DroppedAnswers;
use super::faults::Faults;
use super::limits::Limits;
use super::listening::Port;
use super::outages::{Outage, Outages};
use super::record::{RecordedRequest, Requests};
use super::setup::{NoToken, Setup};
use crate::clock::Clock;
use crate::lock::locked;
use crate::operations::Engine;

pub(crate) struct Shared {
    pub(crate) setup: Setup,
    pub(crate) engine: Engine,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(super) outages: Outages,
    pub(super) requests: Mutex<Requests>,
    pub(super) accepted: AtomicUsize,
    /// How many of the accepted connections came before the last reset.
    pub(super) forgotten: AtomicUsize,
    pub(super) open: AtomicUsize,
    dropped: Mutex<(DroppedAnswers, Chance)>,
    port: OnceLock<Port>,
    /// Told when what the server waits for has changed.
    pub(super) changed: Notify,
    /// Told when every connection is to close after what is under way.
    pub(super) closing: watch::Sender<()>,
    /// How far the server is with ending.
    pub(super) ending: watch::Sender<Shutdown>,
}

/// How far a server is with ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shutdown {
    Not,
    /// Nothing new is accepted; what is under way has this long.
    Within(Duration),
    /// Every connection is closed.
    Ended,
}

impl Shared {
    /// Everything as it is set up, but what needs a port.
    ///
    /// # Errors
    /// When a token that is to be there cannot be.
    pub(crate) fn new(setup: Setup, manual_clock: bool) -> Result<Self, NoToken> {
        let clock = Arc::new(Clock::new(manual_clock));
        let engine = Engine::new(setup.config(), setup.state(), Arc::clone(&clock));
        let clock = || Arc::clone(&clock);
        let shared = Self {
            faults: Faults::new(clock()),
            limits: Limits::default(),
            outages: Outages::new(clock()),
            requests: Mutex::default(),
            accepted: AtomicUsize::new(0),
            forgotten: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            dropped: Mutex::new((DroppedAnswers::NONE, Chance::new(0.0, 0))),
            port: OnceLock::new(),
            changed: Notify::new(),
            closing: watch::Sender::new(()),
            ending: watch::Sender::new(Shutdown::Not),
            engine,
            setup,
        };
        shared.furnish()?;
        Ok(shared)
    }

    /// Puts in what the setup has besides services and switches.
    fn furnish(&self) -> Result<(), NoToken> {
        let setup = &self.setup;
        self.clock().reset(setup.clock_offset);
        setup.add_tokens(&self.engine)?;
        setup.faults.iter().for_each(|fault| self.faults.inject(fault.clone()));
        setup.limits.iter().for_each(|limit| self.limits.add(limit.clone()));
        setup.outages.iter().for_each(|outage| self.outages.plan(outage.clone()));
        self.drop_answers(setup.dropped_answers);
        self.heed_outages();
        Ok(())
    }

    /// Makes everything as it was at the start. A request under way goes on and is not recorded.
    pub(crate) fn reset(&self) {
        self.faults.reset();
        self.limits.clear();
        self.outages.clear();
        self.engine.reset(self.setup.config(), self.setup.state());
        locked(&self.requests).forget();
        self.forgotten.store(self.accepted.load(Ordering::SeqCst), Ordering::SeqCst);
        // The tokens could be put in when the simulator started, and nothing has changed since.
        let _ = self.furnish();
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
    pub(crate) fn drop_answers(&self, dropped: DroppedAnswers) {
        *locked(&self.dropped) = (dropped, Chance::new(dropped.share, dropped.seed));
    }

    pub(super) fn dropped_answers(&self) -> DroppedAnswers {
        locked(&self.dropped).0
    }

    /// Whether the answer to the operation that was just carried out is lost.
    pub(super) fn loses_answer(&self) -> bool {
        locked(&self.dropped).1.draw()
    }

    /// Takes a port into use. Only the first call counts.
    pub(super) fn enter(&self, port: Port) {
        self.port.get_or_init(|| port);
        self.heed_outages();
    }

    /// Accepts nothing more, and gives what is under way so long. On return every connection is closed.
    pub(crate) async fn end(&self, within: Duration) {
        self.leave();
        self.ending.send_replace(Shutdown::Within(within));
        // The sender is this very one.
        let _ = self.ending.subscribe().wait_for(|ending| *ending == Shutdown::Ended).await;
    }

    /// Lets go of the port.
    pub(super) fn leave(&self) {
        if let Some(port) = self.port.get() {
            port.remove();
        }
    }

    /// The next connection.
    pub(super) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        self.port.get().map_or(Poll::Pending, |port| port.poll_accept(cx))
    }

    /// Opens or closes the port as the outages have it, and wakes the server to see when it must next.
    pub(super) fn heed_outages(&self) {
        self.heed_outages_quietly();
        self.changed.notify_one();
    }

    /// As above, for the server itself. A port that is lost to another program is tried again later.
    pub(super) fn heed_outages_quietly(&self) -> bool {
        let Some(port) = self.port.get() else {
            return true;
        };
        let refuses = self.outages.refuses();
        let changed = port.set(!refuses);
        if refuses && changed.as_ref().is_ok_and(|changed| *changed) {
            self.closing.send_replace(());
        }
        changed.is_ok()
    }

    /// Adds to what is recorded of a request.
    pub(super) fn record(&self, number: usize, change: impl FnOnce(&mut RecordedRequest)) {
        if let Some(request) = locked(&self.requests).get_mut(number) {
            change(request);
        }
    }
}
