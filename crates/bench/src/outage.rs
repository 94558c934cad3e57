//! How calls end when the server does not do its part.

use std::time::{Duration, Instant};

use authlete::funcs::{
    token_operations_auth_token_create_batch_api, token_operations_auth_token_create_batch_status_api,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::{AuthleteCore, AuthleteCoreBuilder, Backoff, RetryConfig};

use crate::common::Result;
use crate::report::{Table, number};
use crate::server::{BATCH, BEARER, SERVICE, Server};

const LIMIT: Duration = Duration::from_millis(300);

fn core(server: &Server, kind: &str) -> AuthleteCoreBuilder {
    AuthleteCore::builder().bearer(BEARER).base_url(server.url(kind)).service_id(SERVICE)
}

/// The same for both tables: retries without the waiting that would make this long.
fn retries() -> RetryConfig {
    let interval = Duration::from_millis(1);
    Backoff::new().initial_interval(interval).max_interval(interval).into()
}

/// Overshoot of the call's time limit, and attempts in a full outage, each of so many calls.
pub(crate) fn outage(server: &Server, limited: u32, failed: u64) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(overshoot(server, limited))?;
    runtime.block_on(attempts(server, failed))
}

async fn overshoot(server: &Server, calls: u32) -> Result<()> {
    let mut table = Table::new(
        &format!("Time limit of {} ms for the whole call, calls: {calls}", LIMIT.as_millis()),
        &["the server", "worst end, ms after the limit"],
    );
    // A great many attempts, so that it is the limit which ends the call.
    let endless = |retries: &mut Backoff| {
        retries.max_attempts = u32::MAX;
        retries.initial_interval = Duration::from_millis(10);
        retries.max_interval = Duration::from_millis(10);
    };
    for (name, kind) in [
        ("never answers", "silent"),
        ("answers a byte every 20 ms", "drip"),
        ("answers 503, retries", "outage"),
    ] {
        let mut backoff = Backoff::default();
        endless(&mut backoff);
        let core = core(server, kind).timeout(LIMIT).retries(backoff).build()?;
        let mut worst = f64::MIN;
        for _ in 0..calls {
            let request = AuthTokenCreateBatchStatusApiRequest::new(BATCH);
            let started = Instant::now();
            if token_operations_auth_token_create_batch_status_api(&core, &request, None).await.is_ok() {
                return Err("a call that cannot succeed did".into());
            }
            worst = worst.max((started.elapsed().as_secs_f64() - LIMIT.as_secs_f64()) * 1e3);
        }
        table.row(name, &[format!("{worst:.1}")]);
    }
    table.print();
    Ok(())
}

async fn attempts(server: &Server, calls: u64) -> Result<()> {
    let mut table = Table::new(
        &format!("Requests of {} calls to a server that answers 503", number(calls as f64)),
        &["operation and retries", "requests, as the server counts"],
    );
    for (name, retries, batch) in [
        ("status, none", RetryConfig::None, false),
        ("status, backoff of three attempts", retries(), false),
        ("batch, backoff of three attempts", retries(), true),
    ] {
        let core = core(server, "outage").retries(retries).build()?;
        let before = server.seen()?;
        for _ in 0..calls {
            let failed = if batch {
                let request = AuthTokenCreateBatchApiRequest::from(vec![]);
                token_operations_auth_token_create_batch_api(&core, &request, None).await.is_err()
            } else {
                let request = AuthTokenCreateBatchStatusApiRequest::new(BATCH);
                token_operations_auth_token_create_batch_status_api(&core, &request, None).await.is_err()
            };
            if !failed {
                return Err("a call that cannot succeed did".into());
            }
        }
        table.row(name, &[number((server.seen()? - before).requests as f64)]);
    }
    table.print();
    Ok(())
}
