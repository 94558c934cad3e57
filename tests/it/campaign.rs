//! A campaign: calls in great number through faults of all kinds, over plain HTTP, TLS and HTTP/2, judged by what the server
//! has written down. No batch happens twice, no error claims a delivery that did not happen so, and nothing is left behind.
//!
//! ```text
//! AUTHLETE_CAMPAIGN_CALLS=1000000 AUTHLETE_CAMPAIGN_SEED=7 cargo test --release --test it campaign -- --nocapture
//! ```

mod cuts;
mod ledger;
mod server;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use authlete::funcs::{
    token_operations_auth_token_create_batch_api, token_operations_auth_token_create_batch_status_api,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{GrantType, TokenCreateRequest};
use authlete::transport::TlsConfig;
use authlete::{AuthleteCore, AuthleteError, Backoff, Delivery};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use self::ledger::{Ledger, draw};
use self::server::Protocol;
use crate::child;
use crate::support::{Authority, assert_discreet, core, open_files, resident};

const DEFAULT_CALLS: u64 = 20_000;
const DEFAULT_SEED: u64 = 0x5eed;
/// Calls at a time.
const CALLERS: u64 = 16;
/// Numbers of calls that create, and that only check.
const CREATE: u64 = 0;
const DRY_RUN: u64 = 6;

/// What became of the calls.
#[derive(Default)]
struct Outcomes {
    ok: AtomicU64,
    not_sent: AtomicU64,
    maybe_sent: AtomicU64,
    answered: AtomicU64,
    left: AtomicU64,
    /// Those of which it was said that nobody has seen them.
    unsent: Mutex<Vec<String>>,
}

impl Outcomes {
    fn counts(&self) -> [u64; 5] {
        [&self.ok, &self.not_sent, &self.maybe_sent, &self.answered, &self.left]
            .map(|count| count.load(Ordering::SeqCst))
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().expect("a number"))
}

/// In a process of its own, whose files no other test has to do with.
#[test]
fn campaign() {
    let (calls, seed) =
        (number("AUTHLETE_CAMPAIGN_CALLS", DEFAULT_CALLS), number("AUTHLETE_CAMPAIGN_SEED", DEFAULT_SEED));
    if !child::is_child() {
        let variables =
            [("AUTHLETE_CAMPAIGN_CALLS", calls.to_string()), ("AUTHLETE_CAMPAIGN_SEED", seed.to_string())];
        println!(
            "{}",
            child::run("campaign::campaign", &variables.each_ref().map(|(name, value)| (*name, &**value)))
        );
        return;
    }
    // A handshake costs as much as fifty calls.
    run(Protocol::Plain, calls * 3 / 10, seed);
    let before = resident();
    run(Protocol::Plain, calls * 3 / 10, seed + 1);
    let grown = resident().saturating_sub(before);
    assert!(grown < 4 << 10, "the second time took {grown} KiB more than the first");
    run(Protocol::Tls, calls / 5, seed);
    run(Protocol::Http2, calls / 5, seed);
}

fn run(protocol: Protocol, calls: u64, seed: u64) {
    let runtime = |threads| Builder::new_multi_thread().worker_threads(threads).enable_all().build().unwrap();
    let ledger = Arc::new(Ledger::new(seed));
    let (outer, inner) = (runtime(1), runtime(2));
    let authority = Authority::new();
    let url = outer.block_on(server::start(protocol, &authority, Arc::clone(&ledger)));
    let files = open_files();
    let outcomes = Arc::new(Outcomes::default());
    let core = inner.block_on(all(&url, authority.trust().http2(true), calls, seed, &ledger, &outcomes));
    drop(core);
    left_nothing(&inner, &ledger, &outcomes, files);

    let counts @ [ok, not_sent, maybe_sent, answered, left] = outcomes.counts();
    println!(
        "{protocol:?}: {ok} ok, {not_sent} not sent, {maybe_sent} maybe sent, {answered} answered, {left} left"
    );
    assert_eq!(counts.iter().sum::<u64>(), calls);
    if calls >= 4_000 {
        // A campaign in which nothing happens proves nothing.
        assert!(ok > calls / 8 && counts.iter().all(|&count| count > 0), "{counts:?}");
    }
}

async fn all(
    url: &str,
    tls: TlsConfig,
    calls: u64,
    seed: u64,
    ledger: &Arc<Ledger>,
    outcomes: &Arc<Outcomes>,
) -> AuthleteCore {
    let core = core(url)
        .tls(tls)
        .retries(Backoff::new().max_attempts(3))
        .jitter(|| 0.0)
        .idle_timeout(Duration::from_millis(50))
        .attempt_timeout(Duration::from_millis(if url.starts_with("https") { 1_500 } else { 300 }))
        .build()
        .unwrap();
    let mut callers = JoinSet::new();
    for first in 0..CALLERS {
        let (core, ledger, outcomes) = (core.clone(), Arc::clone(ledger), Arc::clone(outcomes));
        callers.spawn(async move {
            for number in (first..calls).step_by(CALLERS as usize) {
                one(&core, number, seed, &ledger, &outcomes).await;
            }
        });
    }
    while let Some(result) = callers.join_next().await {
        result.unwrap();
    }
    core
}

/// One call, and what the ledger has to say about it.
async fn one(core: &AuthleteCore, number: u64, seed: u64, ledger: &Ledger, outcomes: &Outcomes) {
    let may_repeat = number % 10 > 5;
    let id = format!("{}-{number}", if may_repeat { "safe" } else { "once" });
    let chance = draw(seed, &id, 1_000);
    // Some callers leave.
    let patience =
        if chance.is_multiple_of(10) { Duration::from_micros(chance * 3) } else { Duration::from_secs(60) };
    let result = tokio::time::timeout(patience, call(core, number, &id)).await;
    let (done, refused) = ledger.of(&id);
    assert!(may_repeat || done + refused <= 1, "{id} was done {done} times and refused {refused} times");
    let count = match &result {
        Err(_) => &outcomes.left,
        Ok(Ok(())) => {
            assert!(done >= 1, "{id} is said to be done");
            &outcomes.ok
        }
        Ok(Err(error)) => {
            assert_discreet(error);
            match error.delivery() {
                Delivery::NotSent => {
                    outcomes.unsent.lock().unwrap().push(id);
                    &outcomes.not_sent
                }
                Delivery::Answered => {
                    assert!(done == 0 && refused >= 1, "{id} is said to be refused: {error:?}");
                    &outcomes.answered
                }
                Delivery::MaybeSent => &outcomes.maybe_sent,
            }
        }
    };
    count.fetch_add(1, Ordering::SeqCst);
}

async fn call(core: &AuthleteCore, number: u64, id: &str) -> Result<(), AuthleteError> {
    if number % 10 > 7 {
        let request = AuthTokenCreateBatchStatusApiRequest::new(id);
        return token_operations_auth_token_create_batch_status_api(core, &request, None).await.map(drop);
    }
    let token = TokenCreateRequest::new(GrantType::AuthorizationCode).client_id(42).access_token(id);
    let request = AuthTokenCreateBatchApiRequest::new([token]).dry_run(number % 10 > 5);
    token_operations_auth_token_create_batch_api(core, &request, None).await.map(drop)
}

/// The core is gone: so are its tasks and its files. And whatever was still on its way when a call had ended has not made it
/// happen twice.
fn left_nothing(inner: &Runtime, ledger: &Ledger, outcomes: &Outcomes, files: usize) {
    let left = || (inner.metrics().num_alive_tasks(), open_files().saturating_sub(files));
    for _ in 0..2_000 {
        if left() == (0, 0) {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(left(), (0, 0), "tasks and files are left");
    ledger.check_once();
    for id in &*outcomes.unsent.lock().unwrap() {
        assert_eq!(ledger.of(id), (0, 0), "{id} was said to be unsent");
    }
}
