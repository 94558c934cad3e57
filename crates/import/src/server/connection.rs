//! What the tool knows of the server: how to reach it, its clock, and when it wants to be left alone.

use std::env::VarError;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use authlete::funcs::token_operations_auth_token_create_batch_status_api;
use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;
use authlete::{AuthleteCore, AuthleteError, Backoff, HttpMeta};
use tokio::time::Instant;

use super::options::ServerArgs;
use super::refusal::{TLS_REQUIRED, code};
use crate::clock::now;
use crate::stop::Stop;

pub(crate) struct Server {
    pub(crate) core: AuthleteCore,
    pub(crate) lookups: usize,
    /// What the server's clock is ahead of this one, in milliseconds, if it tells.
    ahead: Option<i64>,
    /// Until when it wants to be left alone.
    pause: Mutex<Option<Instant>>,
}

/// The service that the environment names.
pub(crate) fn service_id() -> Result<String, Stop> {
    environment("AUTHLETE_SERVICE_ID")?.ok_or_else(|| Stop::new("AUTHLETE_SERVICE_ID is not set"))
}

/// A variable that is neither unset nor empty.
fn environment(name: &str) -> Result<Option<String>, Stop> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Stop::new(format!("{name} is not UTF-8"))),
    }
}

impl Server {
    /// Sets up the core and asks the server a question that costs it nothing, so that a wrong URL, bearer or service shows
    /// before anything is sent.
    pub(crate) async fn connect(args: &ServerArgs) -> Result<Self, Stop> {
        let retries =
            Backoff { max_attempts: 6, max_interval: Duration::from_secs(10), ..Backoff::default() };
        let mut builder = AuthleteCore::builder()
            .service_id(service_id()?)
            .user_agent(concat!("authlete-import/", env!("CARGO_PKG_VERSION")))
            .retries(retries)
            .attempt_timeout(args.timeout)
            .timeout(args.timeout.saturating_mul(10));
        if let Some(url) = environment("AUTHLETE_BASE_URL")? {
            builder = builder.base_url(url);
        }
        let core = builder.build()?;
        let question = AuthTokenCreateBatchStatusApiRequest::new("authlete-import");
        let meta = match token_operations_auth_token_create_batch_status_api(&core, &question, None).await {
            Ok(answer) => answer.http,
            Err(AuthleteError::Result { error, .. }) if error.result_code.as_deref() == Some("A458203") => {
                return Err(Stop::new("the server does not know the service in AUTHLETE_SERVICE_ID"));
            }
            Err(AuthleteError::Result { error, .. })
                if error.result_code.as_deref() == Some(TLS_REQUIRED) =>
            {
                return Err(Stop::new("the server wants TLS: AUTHLETE_BASE_URL must begin with https"));
            }
            // That there is no such batch, or that this is no ID of one, is what Authlete itself says.
            Err(error) => match error.http() {
                Some(http) if matches!(http.status.as_u16(), 400 | 404) && code(&error).is_some() => {
                    http.clone()
                }
                _ => return Err(error.into()),
            },
        };
        let ahead = date(&meta).map(|date| date - now());
        Ok(Self { core, lookups: usize::from(args.lookups), ahead, pause: Mutex::new(None) })
    }

    /// The server's clock, at the earliest: its own is told in whole seconds, and machines differ.
    pub(crate) fn earliest_now(&self) -> Option<i64> {
        self.ahead.map(|ahead| now() + ahead - 2_000)
    }

    /// How far the clocks are apart, if that is more than their seconds explain.
    pub(crate) fn skew(&self) -> Option<i64> {
        self.ahead.map(|ahead| ahead / 1000).filter(|seconds| seconds.abs() > 5)
    }

    /// Waits until the server may be asked again.
    pub(crate) async fn ready(&self) {
        loop {
            let pause = *self.pause.lock().unwrap_or_else(PoisonError::into_inner);
            match pause.filter(|until| *until > Instant::now()) {
                Some(until) => tokio::time::sleep_until(until).await,
                None => return,
            }
        }
    }

    /// Leaves the server alone for so long, with all requests that create tokens.
    pub(crate) fn leave_alone(&self, pause: Duration) {
        let mut until = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        *until = (*until).max(Instant::now().checked_add(pause));
    }
}

/// The `Date` of a response, in milliseconds since the Unix epoch.
fn date(meta: &HttpMeta) -> Option<i64> {
    let date = httpdate::parse_http_date(meta.headers.get("date")?.to_str().ok()?).ok()?;
    i64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}
