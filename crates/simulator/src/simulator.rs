//! The handle to a running simulator.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::builder::Builder;
use crate::config::{Config, Switches};
use crate::http::{DroppedAnswers, Fault, Faults, Ledger, Outage, PREFIX, Ports, RateLimit, Running, Shared};
use crate::operations::Refused;
use crate::state::StoredToken;

/// An Authlete in memory, listening on 127.0.0.1. Dropping it stops the server and closes its sockets.
pub struct Simulator {
    url: String,
    control_url: String,
    addr: SocketAddr,
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
        let listen = |port| -> io::Result<(TcpListener, SocketAddr)> {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
            listener.set_nonblocking(true)?;
            let addr = listener.local_addr()?;
            Ok((listener, addr))
        };
        let (api, addr) = listen(builder.port)?;
        let (control, control_addr) = builder.control_port.map(listen).transpose()?.unzip();
        let shared = Shared::new(builder.setup, builder.manual_clock).map_err(|(origin, why)| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("{origin}: {why}"))
        })?;
        let shared = Arc::new(shared);
        let start = if builder.own_thread { Running::on_thread } else { Running::in_runtime };
        Ok(Self {
            url: format!("http://{addr}"),
            control_url: format!("http://{}{PREFIX}", control_addr.unwrap_or(addr)),
            addr,
            _running: start(Ports { api, control }, Arc::clone(&shared))?,
            shared,
        })
    }

    /// The base URL, `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where the control path begins: `http://127.0.0.1:PORT/_simulator`, on the port of
    /// [`Builder::control_port`] if it has one.
    pub fn control_url(&self) -> &str {
        &self.control_url
    }

    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The bearer it accepts.
    pub fn bearer(&self) -> &str {
        &self.shared.setup.bearer
    }

    /// The ID of its first service.
    pub fn service_id(&self) -> &str {
        self.shared.setup.service_id()
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

    /// Turns switches of one service, which from now on has its own. A service that is not there is
    /// added.
    pub fn switch_service(&self, service_id: &str, change: impl FnOnce(&mut Switches)) {
        self.shared.engine.with(|world| {
            let Config { services, switches } = &mut world.config;
            let own = services.entry(Arc::from(service_id)).or_default();
            change(own.get_or_insert_with(|| switches.clone()));
        });
    }

    /// Moves the simulator's clock forward, manual or not. Batches that become due by it are applied,
    /// each at its own time; an outage that begins or ends by it has done so on return.
    pub fn advance(&self, by: Duration) {
        self.shared.advance(by);
    }

    /// The time that the simulator's clock shows, in Unix milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.shared.clock().moment().now
    }

    /// Makes the simulator's clock wrong by so many milliseconds, or right again: `Date`, expiries and
    /// every other time in answers follow. No time passes by that, so that batches, rate limits and
    /// outages are not touched.
    pub fn set_clock_offset_ms(&self, offset: i64) {
        self.shared.clock().set_offset(offset);
    }

    /// Creates a token that nobody asked for over HTTP, such as one of an owner that a program under
    /// test knows nothing of. `request` has the members of a create request
    /// (`POST …/auth/token/create`).
    ///
    /// # Errors
    /// When such a request would be refused, or the service is not there.
    pub fn add_token(&self, service_id: &str, request: Value) -> Result<StoredToken, Refused> {
        self.shared.engine.add_token(service_id, request)
    }

    /// Limits the rate of requests from now on. Several limits hold at once.
    pub fn limit_rate(&self, limit: RateLimit) {
        self.shared.limits.add(limit);
    }

    /// Lifts every rate limit.
    pub fn lift_rate_limits(&self) {
        self.shared.limits.clear();
    }

    /// Plans an outage. One that begins at once has begun on return.
    pub fn outage(&self, outage: Outage) {
        self.shared.plan(outage);
    }

    /// Ends every outage, those that have not begun included. On return connections are accepted.
    pub fn end_outages(&self) {
        self.shared.end_outages();
    }

    /// Loses a share (0 to 1) of the answers: the operation is carried out and the connection closed
    /// without a word. Which ones depends on `seed` and the order of requests alone. Requests that a
    /// fault takes are not among them. A share of 0 ends it.
    pub fn drop_answers(&self, share: f64, seed: u64) {
        self.shared.drop_answers(DroppedAnswers { share, seed });
    }

    /// Makes everything as it was at the start: the ledger is empty, the clock shows the present, and
    /// faults, limits, outages, switches, services and tokens are those of the [`Builder`]. A request
    /// that is under way goes on, and is not recorded.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Ends the simulator: nothing new is accepted, requests under way have so long to be answered, and
    /// on return every connection is closed. Dropping it closes them at once.
    pub async fn shut_down(self, within: Duration) {
        self.shared.end(within).await;
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
