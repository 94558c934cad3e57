//! The builder and its switches.

use std::collections::HashSet;
use std::io;
use std::time::Duration;

use crate::Simulator;
use crate::faults::Fault;

/// The bearer a simulator accepts unless told otherwise. Not a secret.
pub const DEFAULT_BEARER: &str = "simulator-bearer";

/// The service a simulator has unless told otherwise.
pub const DEFAULT_SERVICE_ID: &str = "1234567890";

/// When a batch item that breaks a rule is noticed. Authlete's behaviour is not documented.
///
/// Whatever the choice, a body that is not a JSON array of objects with the documented types is
/// refused with 400, and a token that already exists fails the batch later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Validation {
    /// The create call answers 400 and no batch exists.
    #[default]
    AtOnce,
    /// The create call answers 200 and the batch ends as `FAILED`.
    InBatch,
}

/// What a failing batch leaves behind. Authlete says that a failed batch may be partly applied, not how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PartialApplication {
    /// The items before the first offender exist.
    #[default]
    Prefix,
    /// Nothing exists: the batch is atomic.
    None,
    /// Every item but the offenders exists.
    AllButTheOffenders,
}

/// What `tokenCount` says for a batch that failed. Authlete's behaviour is not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FailedTokenCount {
    /// The number of tokens that were created.
    #[default]
    Applied,
    /// The number of items in the batch.
    Received,
    /// JSON `null`.
    Null,
}

/// How the status of a batch shows that it is still being processed. Authlete documents no such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PendingResult {
    /// `"result": null`
    #[default]
    Null,
    /// No `result` member.
    Absent,
}

/// What happens to refresh tokens. None is ever kept for `IMPLICIT` and `CLIENT_CREDENTIALS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RefreshTokens {
    /// A token has the refresh token that its request carries, or none.
    #[default]
    AsGiven,
    /// One is generated when the request carries none.
    Generated,
    /// A request without one breaks a rule (`SIM106`).
    Required,
    /// The service does not support the refresh flow: no token gets one.
    Unsupported,
}

/// Whether a new token removes the older ones of the same subject and client
/// (Authlete's `singleAccessTokenPerSubject`; tokens of `CLIENT_CREDENTIALS` are exempt).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SingleAccessToken {
    /// Never.
    #[default]
    Off,
    /// When a token is created alone.
    CreateOnly,
    /// When a token is created alone or in a batch.
    CreateAndBatch,
}

/// Sets up a [`Simulator`]. Made by [`Simulator::builder`].
///
/// Every default is stated at its method. A method that begins with "Switch" covers something that
/// Authlete's public sources leave open, so that a test can try both ways.
#[derive(Debug)]
#[must_use]
pub struct Builder {
    pub(crate) own_thread: bool,
    pub(crate) port: u16,
    pub(crate) manual_clock: bool,
    pub(crate) faults: Vec<Fault>,
    pub(crate) config: Config,
}

/// What the state needs to know about the switches.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) bearer: String,
    pub(crate) services: Vec<String>,
    pub(crate) wrong_bearer_status: u16,
    pub(crate) unknown_service_status: u16,
    pub(crate) record_bodies: bool,
    pub(crate) max_body_bytes: usize,
    pub(crate) max_batch_items: usize,
    pub(crate) batch_delay: Duration,
    pub(crate) scopes: Option<HashSet<String>>,
    pub(crate) require_access_token: bool,
    pub(crate) refresh_tokens: RefreshTokens,
    pub(crate) validation: Validation,
    pub(crate) partial_application: PartialApplication,
    pub(crate) failed_token_count: FailedTokenCount,
    pub(crate) pending_result: PendingResult,
    pub(crate) succeed_without_ed: bool,
    pub(crate) early_not_found_requests: u32,
    pub(crate) early_not_found_for: Duration,
    pub(crate) dry_run_request_id: bool,
    pub(crate) dry_run_status: bool,
    pub(crate) dry_run_uniqueness: bool,
    pub(crate) single_access_token: SingleAccessToken,
    pub(crate) access_token_duration: Duration,
    pub(crate) refresh_token_duration: Duration,
    pub(crate) poison: Vec<String>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            own_thread: true,
            port: 0,
            manual_clock: false,
            faults: Vec::new(),
            config: Config {
                bearer: DEFAULT_BEARER.to_owned(),
                services: vec![DEFAULT_SERVICE_ID.to_owned()],
                wrong_bearer_status: 401,
                unknown_service_status: 404,
                record_bodies: true,
                max_body_bytes: 512 * 1024 * 1024,
                max_batch_items: usize::MAX,
                batch_delay: Duration::from_millis(50),
                scopes: None,
                require_access_token: false,
                refresh_tokens: RefreshTokens::default(),
                validation: Validation::default(),
                partial_application: PartialApplication::default(),
                failed_token_count: FailedTokenCount::default(),
                pending_result: PendingResult::default(),
                succeed_without_ed: false,
                early_not_found_requests: 0,
                early_not_found_for: Duration::ZERO,
                dry_run_request_id: true,
                dry_run_status: true,
                dry_run_uniqueness: true,
                single_access_token: SingleAccessToken::default(),
                access_token_duration: Duration::from_secs(3600),
                refresh_token_duration: Duration::from_secs(864_000),
                poison: Vec::new(),
            },
        }
    }

    /// Starts the simulator.
    ///
    /// # Errors
    /// When the port cannot be bound or, on its own thread, the thread or its runtime cannot start.
    pub async fn start(self) -> io::Result<Simulator> {
        Simulator::launch(self)
    }

    /// Listens on this port of 127.0.0.1. Default: 0, a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Runs the server on a thread and a runtime of its own. This is the default: the server is then
    /// immune to a paused clock and to blocking in the caller's runtime.
    pub fn own_thread(mut self) -> Self {
        self.own_thread = true;
        self
    }

    /// Runs the server as tasks of the runtime that calls [`Builder::start`], which must have I/O
    /// and, for delays, time enabled.
    pub fn caller_runtime(mut self) -> Self {
        self.own_thread = false;
        self
    }

    /// The bearer to accept. Default: [`DEFAULT_BEARER`].
    pub fn bearer(mut self, bearer: impl Into<String>) -> Self {
        self.config.bearer = bearer.into();
        self
    }

    /// The ID of the first service. Default: [`DEFAULT_SERVICE_ID`].
    pub fn service_id(mut self, id: impl Into<String>) -> Self {
        if let Some(first) = self.config.services.first_mut() {
            *first = id.into();
        }
        self
    }

    /// Adds a service. Services share nothing but the bearer.
    pub fn another_service(mut self, id: impl Into<String>) -> Self {
        self.config.services.push(id.into());
        self
    }

    /// Switch: the HTTP status with which a wrong bearer is answered (`A458101`). Default: 401.
    pub fn wrong_bearer_status(mut self, status: u16) -> Self {
        self.config.wrong_bearer_status = status;
        self
    }

    /// Switch: the HTTP status with which an unknown service is answered (`A458203`). Default: 404.
    pub fn unknown_service_status(mut self, status: u16) -> Self {
        self.config.unknown_service_status = status;
        self
    }

    /// Whether the ledger keeps request bodies. Default: yes; turn it off for very large runs.
    pub fn record_bodies(mut self, record: bool) -> Self {
        self.config.record_bodies = record;
        self
    }

    /// Switch: the largest request body in bytes (beyond: 413, `SIM004`). Default: 512 MiB.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.config.max_body_bytes = bytes;
        self
    }

    /// Switch: the largest number of items in a batch (beyond: 400, `SIM005`). Default: no limit.
    pub fn max_batch_items(mut self, items: usize) -> Self {
        self.config.max_batch_items = items;
        self
    }

    /// How long a batch takes, on the simulator's clock. Default: 50 ms.
    pub fn batch_delay(mut self, delay: Duration) -> Self {
        self.config.batch_delay = delay;
        self
    }

    /// The simulator's clock stands still but for [`Simulator::advance`]. A batch then completes when
    /// the clock has been advanced by [`Builder::batch_delay`] since its creation.
    pub fn manual_clock(mut self) -> Self {
        self.manual_clock = true;
        self
    }

    /// The scopes the service supports (others: `SIM109`). Default: any scope is supported.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.config.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Switch: whether a batch item must carry `accessToken` (else: `SIM105`). Default: no, a value
    /// is generated, which nobody but the ledger ever sees.
    pub fn require_access_token(mut self, require: bool) -> Self {
        self.config.require_access_token = require;
        self
    }

    /// Switch: refresh tokens. Default: [`RefreshTokens::AsGiven`].
    pub fn refresh_tokens(mut self, refresh_tokens: RefreshTokens) -> Self {
        self.config.refresh_tokens = refresh_tokens;
        self
    }

    /// Switch: when a broken rule is noticed. Default: [`Validation::AtOnce`].
    pub fn validation(mut self, validation: Validation) -> Self {
        self.config.validation = validation;
        self
    }

    /// Switch: what a failing batch leaves behind. Default: [`PartialApplication::Prefix`].
    pub fn partial_application(mut self, partial: PartialApplication) -> Self {
        self.config.partial_application = partial;
        self
    }

    /// Switch: `tokenCount` of a failed batch. Default: [`FailedTokenCount::Applied`].
    pub fn failed_token_count(mut self, count: FailedTokenCount) -> Self {
        self.config.failed_token_count = count;
        self
    }

    /// Switch: how a pending batch shows. Default: [`PendingResult::Null`].
    pub fn pending_result(mut self, pending: PendingResult) -> Self {
        self.config.pending_result = pending;
        self
    }

    /// Switch: say `SUCCEED` for `SUCCEEDED`, as an older description had it. Default: no.
    pub fn succeed_without_ed(mut self, old: bool) -> Self {
        self.config.succeed_without_ed = old;
        self
    }

    /// Switch: the first `requests` status requests for a batch are answered 404, as if the batch
    /// were not known yet. Default: 0.
    pub fn early_not_found_requests(mut self, requests: u32) -> Self {
        self.config.early_not_found_requests = requests;
        self
    }

    /// Switch: status requests are answered 404 until the batch is this old, on the simulator's
    /// clock. Default: zero.
    pub fn early_not_found_for(mut self, age: Duration) -> Self {
        self.config.early_not_found_for = age;
        self
    }

    /// Switch: whether a dry run is given a request ID (else: `null`). Default: yes.
    pub fn dry_run_request_id(mut self, given: bool) -> Self {
        self.config.dry_run_request_id = given;
        self
    }

    /// Switch: whether a dry run has a status (else: 404). Default: yes.
    pub fn dry_run_status(mut self, has: bool) -> Self {
        self.config.dry_run_status = has;
        self
    }

    /// Switch: whether a dry run fails on tokens that exist already. Default: yes.
    pub fn dry_run_uniqueness(mut self, checked: bool) -> Self {
        self.config.dry_run_uniqueness = checked;
        self
    }

    /// Switch: `singleAccessTokenPerSubject`. Default: [`SingleAccessToken::Off`].
    pub fn single_access_token_per_subject(mut self, single: SingleAccessToken) -> Self {
        self.config.single_access_token = single;
        self
    }

    /// The service's access token duration, for requests that say 0 or nothing. Default: 1 hour.
    pub fn access_token_duration(mut self, duration: Duration) -> Self {
        self.config.access_token_duration = duration;
        self
    }

    /// The service's refresh token duration, for requests that say 0 or nothing. Default: 10 days.
    pub fn refresh_token_duration(mut self, duration: Duration) -> Self {
        self.config.refresh_token_duration = duration;
        self
    }

    /// A batch that contains this access token fails at that item (`SIM203`).
    /// See [`Simulator::poison`].
    pub fn poison(mut self, access_token: impl Into<String>) -> Self {
        self.config.poison.push(access_token.into());
        self
    }

    /// Queues a fault. See [`Simulator::inject`].
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }
}
