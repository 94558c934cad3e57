#![doc = include_str!("../README.md")]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod batch;
mod clock;
mod codes;
mod config;
mod digest;
mod faults;
mod ledger;
mod operations;
mod payload;
mod rules;
mod server;
mod state;
mod store;
mod token;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use config::{
    Builder, DEFAULT_BEARER, DEFAULT_SERVICE_ID, FailedTokenCount, PartialApplication, PendingResult,
    RefreshTokens, SingleAccessToken, Validation,
};
pub use faults::{Fault, Faults, Operation};
pub use ledger::{BatchRecord, BatchState, DeletedToken, Deletion, Ledger, RecordedRequest};
pub use token::{GrantType, Property, StoredToken, TokenExtra};

use server::{Running, Shared};

/// An Authlete in memory, listening on 127.0.0.1. Dropping it stops the server and closes its sockets.
pub struct Simulator {
    url: String,
    addr: SocketAddr,
    shared: Arc<Shared>,
    _running: Running,
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
        let own_thread = builder.own_thread;
        let shared = Arc::new(Shared::new(builder));
        let start = if own_thread { Running::on_thread } else { Running::in_runtime };
        Ok(Self {
            url: format!("http://{addr}"),
            addr,
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
        &self.shared.config.bearer
    }

    /// The ID of its first service.
    pub fn service_id(&self) -> &str {
        self.shared.config.services.first().map_or(DEFAULT_SERVICE_ID, String::as_str)
    }

    /// What it saw and did.
    pub fn ledger(&self) -> Ledger {
        Ledger { shared: Arc::clone(&self.shared) }
    }

    /// Its queue of faults.
    pub fn faults(&self) -> Faults {
        Faults { shared: Arc::clone(&self.shared) }
    }

    /// Adds a fault to the end of the queue.
    pub fn inject(&self, fault: Fault) {
        self.faults().inject(fault);
    }

    /// Moves the simulator's clock forward, manual or not. Batches that become due by it are applied,
    /// each at its own time.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// Makes the next batch that is accepted fail (`SIM204`) when `after_items` of its items were
    /// applied, or after the last when it has fewer. Calls queue up: one batch each.
    pub fn fail_next_batch(&self, after_items: usize) {
        self.shared.with_state(|state| state.batches.fail_next(after_items));
    }

    /// From now on a batch that contains this access token fails at that item (`SIM203`). What else of
    /// the batch is applied follows [`Builder::partial_application`].
    pub fn poison(&self, access_token: impl Into<String>) {
        self.shared.with_state(|state| state.batches.poison(access_token.into()));
    }

    /// Undoes [`Simulator::poison`].
    pub fn cure(&self, access_token: &str) {
        self.shared.with_state(|state| state.batches.cure(access_token));
    }
}

/// Shows the address only.
impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator").field("addr", &self.addr).finish_non_exhaustive()
    }
}

/// Locks; the data stays usable when a thread panicked while it held the lock.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
