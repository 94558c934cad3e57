//! What all rows check.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authlete::funcs::{
    token_operations_auth_token_create_batch_api, token_operations_auth_token_create_batch_status_api,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::{AuthleteCore, AuthleteCoreBuilder, AuthleteError, Backoff, Delivery, TimeoutPhase};

use tokio::time::Instant;

use crate::support::{assert_discreet, core, token};

/// Which operations are attempted again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Repeated {
    Any,
    SafeOnly,
    Never,
}

/// What must come of a fault.
#[derive(Clone, Copy)]
pub struct Row {
    pub kind: fn(&AuthleteError) -> bool,
    pub delivery: Delivery,
    pub repeated: Repeated,
}

pub const ATTEMPTS: u32 = 3;

/// How long a call may take: thrice the longest limit of [`impatient`], and what a busy machine adds.
const BOUND: Duration = Duration::from_secs(12);

/// A request that the server has seen, each time it saw one.
#[derive(Clone, Default)]
pub struct Seen(Arc<AtomicUsize>);

impl Seen {
    pub fn one(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// A core with three attempts without a pause.
pub fn repeating(url: &str) -> AuthleteCoreBuilder {
    core(url).retries(Backoff::new().max_attempts(ATTEMPTS)).jitter(|| 0.0)
}

/// The same over the network, with short limits. Each is well below the next, so that a busy machine does not let two of
/// them pass at once.
pub fn impatient(url: &str) -> AuthleteCoreBuilder {
    repeating(url)
        .connect_timeout(Duration::from_millis(400))
        .attempt_timeout(Duration::from_millis(1_000))
        .stall_timeout(Duration::from_millis(300))
        .timeout(Duration::from_secs(20))
}

pub async fn create(core: &AuthleteCore) -> Result<(), AuthleteError> {
    let request = AuthTokenCreateBatchApiRequest::new([token()]);
    token_operations_auth_token_create_batch_api(core, &request, None).await.map(drop)
}

pub async fn status(core: &AuthleteCore) -> Result<(), AuthleteError> {
    let request = AuthTokenCreateBatchStatusApiRequest::new("batch");
    token_operations_auth_token_create_batch_status_api(core, &request, None).await.map(drop)
}

async fn bounded<T>(call: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let result = call.await;
    assert!(started.elapsed() < BOUND, "it took {:?}", started.elapsed());
    result
}

impl Row {
    /// Lets both operations meet the fault. `seen` counts the requests that reached the server, where they could.
    pub async fn check(self, core: &AuthleteCore, seen: Option<&Seen>) {
        let attempts = |repeated: bool| if repeated { ATTEMPTS } else { 1 };
        let before = seen.map_or(0, Seen::count);
        let error = bounded(create(core)).await.expect_err("creation met no fault");
        self.check_error(&error, attempts(self.repeated == Repeated::Any));
        assert_eq!(error.may_resend(), self.delivery != Delivery::MaybeSent, "{error:?}");
        let between = seen.map_or(0, Seen::count);
        let error = bounded(status(core)).await.expect_err("the question met no fault");
        self.check_error(&error, attempts(self.repeated != Repeated::Never));
        assert!(error.may_resend(), "{error:?}");
        if let Some(seen) = seen {
            assert_eq!(between - before, attempts(self.repeated == Repeated::Any) as usize);
            assert_eq!(seen.count() - between, attempts(self.repeated != Repeated::Never) as usize);
        }
    }

    pub fn check_error(self, error: &AuthleteError, attempts: u32) {
        assert!((self.kind)(error), "another kind: {error:?}");
        assert_eq!(error.delivery(), self.delivery, "{error:?}");
        assert_eq!(error.attempts(), attempts, "{error:?}");
        assert_eq!(error.is_retryable(), attempts > 1, "{error:?}");
        assert_discreet(error);
    }
}

pub fn is_connection(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::Connection { .. })
}

/// An exchange that broke after a head with 200.
pub fn is_broken_body(error: &AuthleteError) -> bool {
    is_connection(error) && has_head(error)
}

/// Whether the head of a 200 is known.
pub fn has_head(error: &AuthleteError) -> bool {
    error.http().is_some_and(|http| http.status == 200 && http.attempts == error.attempts())
}

pub fn is_default(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::Default { .. })
}

pub fn is_result(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::Result { .. })
}

pub fn is_unusable(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::ResponseValidation { .. })
}

pub fn is_connect_timeout(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Connect, .. }) && error.is_timeout()
}

pub fn is_attempt_timeout(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Attempt, .. }) && error.is_timeout()
}

pub fn is_stall(error: &AuthleteError) -> bool {
    matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Stall, .. }) && error.is_timeout()
}
