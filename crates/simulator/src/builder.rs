//! The builder: everything that can be set before a simulator starts.

use std::time::Duration;

use serde_json::Value;

use crate::config::{
    Client, FailedTokenCount, PartialApplication, PendingResult, RefreshTokens, SingleAccessToken, Switches,
    UnknownMembers, UpdateSemantics, Validation,
};
use crate::http::{DroppedAnswers, Fault, Outage, PresentToken, RateLimit, Setup};

/// Sets up a [`Simulator`](crate::Simulator). Made by [`Simulator::builder`](crate::Simulator::builder).
///
/// Every default is stated at its method. A method that begins with "Switch" covers something that
/// Authlete's public sources leave open, so that a test can try both ways.
#[derive(Debug)]
#[must_use]
pub struct Builder {
    pub(crate) own_thread: bool,
    pub(crate) port: u16,
    pub(crate) control_port: Option<u16>,
    pub(crate) manual_clock: bool,
    pub(crate) setup: Setup,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self { own_thread: true, port: 0, control_port: None, manual_clock: false, setup: Setup::default() }
    }

    /// Listens on this port of 127.0.0.1. Default: 0, a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Answers the control path on this port of 127.0.0.1 as well, 0 for a free one, and nothing else
    /// there. No outage closes it. Default: none; the API's port answers the control path too, while it
    /// is open. See [`Simulator::control_url`](crate::Simulator::control_url).
    pub fn control_port(mut self, port: u16) -> Self {
        self.control_port = Some(port);
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

    /// The bearer to accept. Default: [`DEFAULT_BEARER`](crate::DEFAULT_BEARER).
    pub fn bearer(mut self, bearer: impl Into<String>) -> Self {
        self.setup.bearer = bearer.into();
        self
    }

    /// The ID of the first service. Default: [`DEFAULT_SERVICE_ID`](crate::DEFAULT_SERVICE_ID).
    pub fn service_id(mut self, id: impl Into<String>) -> Self {
        if let Some((first, _)) = self.setup.services.first_mut() {
            *first = id.into();
        }
        self
    }

    /// Adds a service. Services share nothing but the bearer.
    pub fn another_service(mut self, id: impl Into<String>) -> Self {
        self.setup.services.push((id.into(), None));
        self
    }

    /// Gives a service switches of its own, in place of the simulator's, and adds the service if there
    /// is none of this ID.
    pub fn service_switches(mut self, id: impl Into<String>, switches: Switches) -> Self {
        let id = id.into();
        match self.setup.services.iter_mut().find(|(known, _)| *known == id) {
            Some((_, own)) => *own = Some(switches),
            None => self.setup.services.push((id, Some(switches))),
        }
        self
    }

    /// Sets every switch of the simulator at once.
    pub fn switches(mut self, switches: Switches) -> Self {
        self.setup.switches = switches;
        self
    }

    /// Switch: the HTTP status with which a wrong bearer is answered (`A458101`). Default: 401.
    pub fn wrong_bearer_status(mut self, status: u16) -> Self {
        self.setup.switches.wrong_bearer_status = status;
        self
    }

    /// Switch: the HTTP status with which an unknown service is answered (`A458203`). Default: 404.
    pub fn unknown_service_status(mut self, status: u16) -> Self {
        self.setup.switches.unknown_service_status = status;
        self
    }

    /// Whether the ledger keeps request bodies. Default: yes; turn it off for very large runs.
    pub fn record_bodies(mut self, record: bool) -> Self {
        self.setup.switches.record_bodies = record;
        self
    }

    /// Switch: the largest request body in bytes (beyond: 413, `SIM004`). Default: 512 MiB.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.setup.switches.max_body_bytes = bytes;
        self
    }

    /// Switch: the largest number of items in a batch (beyond: 400, `SIM005`). Default: no limit.
    pub fn max_batch_items(mut self, items: usize) -> Self {
        self.setup.switches.max_batch_items = Some(items);
        self
    }

    /// How long a batch takes, on the simulator's clock. Default: 50 ms.
    pub fn batch_delay(mut self, delay: Duration) -> Self {
        self.setup.switches.batch_delay = delay;
        self
    }

    /// The simulator's clock stands still but for [`Simulator::advance`](crate::Simulator::advance). A batch then completes when
    /// the clock has been advanced by [`Builder::batch_delay`] since its creation.
    pub fn manual_clock(mut self) -> Self {
        self.manual_clock = true;
        self
    }

    /// The scopes the service supports (others: `SIM109`). Default: any scope is supported.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.setup.switches.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// The API's `service` as far as it is set, by its member names: the issuer, what is required, durations, keys.
    /// Default: nothing is set.
    pub fn service(mut self, members: serde_json::Map<String, Value>) -> Self {
        self.setup.switches.service = members;
        self
    }

    /// Adds a client; the service then knows no others than those that were added.
    pub fn client(mut self, client: Client) -> Self {
        self.setup.switches.clients.get_or_insert_default().push(client);
        self
    }

    /// The clients the service has (others: `SIM112`). Default: any client is known.
    pub fn clients(mut self, clients: impl IntoIterator<Item = Client>) -> Self {
        self.setup.switches.clients = Some(clients.into_iter().collect());
        self
    }

    /// Switch: members of services and clients that the API does not have. Default: [`UnknownMembers::Keep`].
    pub fn unknown_members(mut self, unknown: UnknownMembers) -> Self {
        self.setup.switches.unknown_members = unknown;
        self
    }

    /// Switch: what an update of a service or a client does to the members that it does not name. Default:
    /// [`UpdateSemantics::Merge`].
    pub fn update_semantics(mut self, semantics: UpdateSemantics) -> Self {
        self.setup.switches.update_semantics = semantics;
        self
    }

    /// Switch: how many tokens a list may ask for (beyond: 400, `SIM007`). Default: 20.
    pub fn max_listed_tokens(mut self, tokens: Option<usize>) -> Self {
        self.setup.switches.max_listed_tokens = tokens;
        self
    }

    /// Switch: how many tokens one revocation by client or subject takes. Default: 20.
    pub fn max_revoked_tokens(mut self, tokens: Option<usize>) -> Self {
        self.setup.switches.max_revoked_tokens = tokens;
        self
    }

    /// Switch: whether a batch item must carry `accessToken` (else: `SIM105`). Default: no, a value
    /// is generated, which nobody but the ledger ever sees.
    pub fn require_access_token(mut self, require: bool) -> Self {
        self.setup.switches.require_access_token = require;
        self
    }

    /// Switch: refresh tokens. Default: [`RefreshTokens::AsGiven`].
    pub fn refresh_tokens(mut self, refresh_tokens: RefreshTokens) -> Self {
        self.setup.switches.refresh_tokens = refresh_tokens;
        self
    }

    /// Switch: when a broken rule is noticed. Default: [`Validation::AtOnce`].
    pub fn validation(mut self, validation: Validation) -> Self {
        self.setup.switches.validation = validation;
        self
    }

    /// Switch: what a failing batch leaves behind. Default: [`PartialApplication::Prefix`].
    pub fn partial_application(mut self, partial: PartialApplication) -> Self {
        self.setup.switches.partial_application = partial;
        self
    }

    /// Switch: `tokenCount` of a failed batch. Default: [`FailedTokenCount::Applied`].
    pub fn failed_token_count(mut self, count: FailedTokenCount) -> Self {
        self.setup.switches.failed_token_count = count;
        self
    }

    /// Switch: whether a member without a value is `null`, which the API description does not allow,
    /// or left out. Default: left out.
    pub fn nulls(mut self, nulls: bool) -> Self {
        self.setup.switches.nulls = nulls;
        self
    }

    /// Switch: how a pending batch shows. Default: [`PendingResult::Absent`].
    pub fn pending_result(mut self, pending: PendingResult) -> Self {
        self.setup.switches.pending_result = pending;
        self
    }

    /// Switch: say `SUCCEED` for `SUCCEEDED`, as an older description had it. Default: no.
    pub fn succeed_without_ed(mut self, old: bool) -> Self {
        self.setup.switches.succeed_without_ed = old;
        self
    }

    /// Switch: the first `requests` status requests for a batch are answered 404, as if the batch
    /// were not known yet. Default: 0.
    pub fn early_not_found_requests(mut self, requests: u32) -> Self {
        self.setup.switches.early_not_found_requests = requests;
        self
    }

    /// Switch: status requests are answered 404 until the batch is this old, on the simulator's
    /// clock. Default: zero.
    pub fn early_not_found_for(mut self, age: Duration) -> Self {
        self.setup.switches.early_not_found_for = age;
        self
    }

    /// Switch: whether a dry run is given a request ID (else: `null`). Default: yes.
    pub fn dry_run_request_id(mut self, given: bool) -> Self {
        self.setup.switches.dry_run_request_id = given;
        self
    }

    /// Switch: whether a dry run has a status (else: 404). Default: yes.
    pub fn dry_run_status(mut self, has: bool) -> Self {
        self.setup.switches.dry_run_status = has;
        self
    }

    /// Switch: whether a dry run fails on tokens that exist already. Default: yes.
    pub fn dry_run_uniqueness(mut self, checked: bool) -> Self {
        self.setup.switches.dry_run_uniqueness = checked;
        self
    }

    /// Switch: `singleAccessTokenPerSubject`. Default: [`SingleAccessToken::Off`].
    pub fn single_access_token_per_subject(mut self, single: SingleAccessToken) -> Self {
        self.setup.switches.single_access_token_per_subject = single;
        self
    }

    /// Switch: whether a code that is used twice ends the tokens that it gave. Default: no.
    pub fn replayed_code_revokes(mut self, revokes: bool) -> Self {
        self.setup.switches.replayed_code_revokes = revokes;
        self
    }

    /// Switch: whether the ID token of the code flow has `at_hash`. Default: yes.
    pub fn at_hash_in_code_flow(mut self, has: bool) -> Self {
        self.setup.switches.at_hash_in_code_flow = has;
        self
    }

    /// Switch: whether the scopes that users grant to clients can be asked for. Default: no.
    pub fn granted_scopes(mut self, kept: bool) -> Self {
        self.setup.switches.granted_scopes = kept;
        self
    }

    /// The service's access token duration, for requests that say 0 or nothing. Default: 1 hour.
    pub fn access_token_duration(mut self, duration: Duration) -> Self {
        self.setup.switches.access_token_duration = duration;
        self
    }

    /// The service's refresh token duration, for requests that say 0 or nothing. Default: 10 days.
    pub fn refresh_token_duration(mut self, duration: Duration) -> Self {
        self.setup.switches.refresh_token_duration = duration;
        self
    }

    /// A batch that contains this access token fails at that item (`SIM203`).
    /// See [`Simulator::poison`](crate::Simulator::poison).
    pub fn poison(mut self, access_token: impl Into<String>) -> Self {
        self.setup.poison.push(access_token.into());
        self
    }

    /// The next batch that is accepted fails after so many items, the one after the next call's, and so
    /// on. See [`Simulator::fail_next_batch`](crate::Simulator::fail_next_batch).
    pub fn fail_next_batch(mut self, after_items: usize) -> Self {
        self.setup.failing_batches.push(after_items);
        self
    }

    /// The simulator's clock is wrong: it shows a time so many milliseconds later than the truth, or
    /// earlier when negative, in every answer and in `Date`. Default: 0.
    /// See [`Simulator::set_clock_offset_ms`](crate::Simulator::set_clock_offset_ms).
    pub fn clock_offset_ms(mut self, offset: i64) -> Self {
        self.setup.clock_offset = offset;
        self
    }

    /// A token that the first service has from the start, as the members of a create request. See
    /// [`Simulator::add_token`](crate::Simulator::add_token).
    pub fn token(mut self, request: Value) -> Self {
        let origin = format!("token {}", self.setup.tokens.len() + 1);
        self.setup.tokens.push(PresentToken { origin, service_id: None, request });
        self
    }

    /// Limits the rate of requests. See [`Simulator::limit_rate`](crate::Simulator::limit_rate).
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.setup.limits.push(limit);
        self
    }

    /// Plans an outage. See [`Simulator::outage`](crate::Simulator::outage).
    pub fn outage(mut self, outage: Outage) -> Self {
        self.setup.outages.push(outage);
        self
    }

    /// Loses a share of the answers. See [`Simulator::drop_answers`](crate::Simulator::drop_answers).
    pub fn drop_answers(mut self, share: f64, seed: u64) -> Self {
        self.setup.dropped_answers = DroppedAnswers { share, seed };
        self
    }

    /// Queues a fault. See [`Simulator::inject`](crate::Simulator::inject).
    pub fn fault(mut self, fault: Fault) -> Self {
        self.setup.faults.push(fault);
        self
    }
}
