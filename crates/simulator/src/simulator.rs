//! The handle to a running simulator.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use crate::builder::Builder;
use crate::clock::Clock;
use crate::config::{Config, Switches};
use crate::http::{Fault, Faults, Ledger, Running, Shared};
use crate::operations::Engine;
use crate::state::State;

/// An Authlete in memory, listening on 127.0.0.1. Dropping it stops the server and closes its sockets.
pub struct Simulator {
    url: String,
    addr: SocketAddr,
    service_id: String,
    shared: Arc<Shared>,
    _running: Running,
}

impl Builder {
    /// Starts the simulator.
    ///
    /// # Errors
    /// When the port cannot be bound or, on its own thread, the thread or its runtime cannot start.
    pub async fn start(self) -> io::Result<Simulator> {
        Simulator::launch(self)
    }
}

impl Simulator {
    /// Starts a simulator with every default, on a free port.
    ///
    /// # Errors
    /// When no port can be bound or the server's thread cannot start.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Sets up a simulator.
    pub fn builder() -> Builder {
        Builder::new()
    }

    fn launch(builder: Builder) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, builder.port))?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let config = Config {
            services: builder.services.iter().map(|id| Arc::from(id.as_str())).collect(),
            switches: builder.switches,
        };
        let state = State::new(builder.poison);
        let engine = Engine::new(config, state, Clock::new(builder.manual_clock));
        let shared = Arc::new(Shared::new(engine, builder.bearer));
        builder.faults.into_iter().for_each(|fault| shared.faults.inject(fault));
        let start = if builder.own_thread { Running::on_thread } else { Running::in_runtime };
        Ok(Self {
            url: format!("http://{addr}"),
            addr,
            service_id: builder.services.into_iter().next().unwrap_or_default(),
            _running: start(listener, Arc::clone(&shared))?,
            shared,
        })
    }

    /// The base URL, `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The bearer it accepts.
    pub fn bearer(&self) -> &str {
        &self.shared.bearer
    }

    /// The ID of its first service.
    pub fn service_id(&self) -> &str {
        &self.service_id
    }

    /// What it saw and did.
    pub fn ledger(&self) -> Ledger {
        Ledger { shared: Arc::clone(&self.shared) }
    }

    /// Its queue of faults.
    pub fn faults(&self) -> Faults {
        self.shared.faults.clone()
    }

    /// Adds a fault to the end of the queue.
    pub fn inject(&self, fault: Fault) {
        self.shared.faults.inject(fault);
    }

    /// Turns switches while the simulator runs. What is due is done first, as the switches stood.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        self.shared.engine.with(|world| change(&mut world.config.switches));
    }

    /// Moves the simulator's clock forward, manual or not. Batches that become due by it are applied,
    /// each at its own time.
    pub fn advance(&self, by: Duration) {
        self.shared.engine.advance(by);
    }

    /// Makes the next batch that is accepted fail (`SIM204`) when `after_items` of its items were
    /// applied, or after the last when it has fewer. Calls queue up: one batch each.
    pub fn fail_next_batch(&self, after_items: usize) {
        self.shared.engine.with(|world| world.state.batches.fail_next(after_items));
    }

    /// From now on a batch that contains this access token fails at that item (`SIM203`). What else of
    /// the batch is applied follows [`Builder::partial_application`].
    pub fn poison(&self, access_token: impl Into<String>) {
        self.shared.engine.with(|world| world.state.batches.poison(access_token.into()));
    }

    /// Undoes [`Simulator::poison`].
    pub fn cure(&self, access_token: &str) {
        self.shared.engine.with(|world| world.state.batches.cure(access_token));
    }
}

/// Shows the address only.
impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator").field("addr", &self.addr).finish_non_exhaustive()
    }
}
