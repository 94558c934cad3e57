//! The first question to the server, and the first after an outage.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use authlete::funcs::token_operations_auth_token_create_batch_status_api;
use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;
use authlete::{AuthleteCore, AuthleteError, RetryConfig};
use tokio::sync::Mutex;

use super::clock::{AGREEING, ServerClock};
use super::connection::{Server, environment, service_id};
use super::options::{ServerArgs, WhichClock};
use super::pace::{GivenUp, Pace, RequestKind};
use super::refusal::{NO_SERVICE, TLS_REQUIRED, code};
use super::retry::Failure;
use crate::flow::Flow;
use crate::stop::Stop;
use crate::terminal::Progress;

impl Server {
    /// Sets up the core and asks the server a question that costs it nothing, so that a wrong URL, bearer or service shows
    /// before anything is sent. `most` is how many batches there are to be at a time. If it `is_unreached`, having never been
    /// reached from here, there is little patience with connections that do not come about.
    pub(crate) async fn connect(
        args: &ServerArgs,
        most: u16,
        is_unreached: bool,
        flow: &Flow,
        progress: &Progress,
    ) -> Result<Self, Stop> {
        let mut builder = AuthleteCore::builder()
            .service_id(service_id()?)
            .user_agent(concat!("authlete-import/", env!("CARGO_PKG_VERSION")))
            // The pace decides when something is sent again.
            .retries(RetryConfig::None)
            .attempt_timeout(args.timeout)
            .timeout(args.timeout.saturating_add(Duration::from_secs(5)));
        if let Some(url) = environment("AUTHLETE_BASE_URL")? {
            builder = builder.base_url(url);
        }
        let server = Self {
            core: args.access.apply(builder)?.build()?,
            pace: Pace::new(u32::from(most.max(args.lookups())), &args.pace),
            flow: flow.clone(),
            progress: progress.clone(),
            clock: ServerClock::new(),
            lookups: usize::from(args.lookups()),
            is_unreached: AtomicBool::new(is_unreached),
            pinging: Mutex::new(()),
        };
        server.ping().await.map_err(|failure| explained(failure, is_unreached))?;
        server.is_unreached.store(false, Ordering::Relaxed);
        for _ in 1..AGREEING {
            if server.clock.is_in_doubt() {
                server.ping().await?;
            }
        }
        if args.clock == Some(WhichClock::Machine) {
            server.clock.take_machines();
        } else if server.clock.is_in_doubt() {
            progress.note("note: the server's answers tell different times: this machine's clock counts");
        }
        if let Some(seconds) = server.clock.skew() {
            let (apart, how) = (seconds.abs(), if seconds < 0 { "behind" } else { "ahead of" });
            progress.note(&format!(
                "the server's clock is {apart} s {how} this machine's: lifetimes are counted by the server's"
            ));
        }
        Ok(server)
    }

    /// Asks a question that changes nothing. `Err` if the server refuses to talk.
    async fn ping(&self) -> Result<(), Failure> {
        let question = AuthTokenCreateBatchStatusApiRequest::new("authlete-import");
        let asked = self.ask(RequestKind::Status, |core| {
            let question = question.clone();
            async move { token_operations_auth_token_create_batch_status_api(&core, &question, None).await }
        });
        match asked.await {
            // That there is no such batch, or that this is no ID of one, is what Authlete itself says.
            Err(Failure::Refused(error)) if is_answer(&error) => Ok(()),
            asked => asked.map(drop),
        }
    }

    /// Returns when the server answers questions, if a batch has just not been answered: a batch that is sent into an outage
    /// may have to be looked up token by token.
    pub(crate) async fn is_back(&self) -> Result<(), Failure> {
        if self.pace.is_failing(RequestKind::Batch) {
            let _one = self.pinging.lock().await;
            if self.pace.is_failing(RequestKind::Batch) {
                self.ping().await?;
            }
        }
        Ok(())
    }
}

/// Whether Authlete says of a question that it is not the right one.
fn is_answer(error: &AuthleteError) -> bool {
    let is_status = error.http().is_some_and(|http| matches!(http.status.as_u16(), 400 | 404));
    is_status && code(error).is_some_and(|code| code != NO_SERVICE && code != TLS_REQUIRED)
}

/// What a failure of the first question says of the environment.
fn explained(failure: Failure, is_unreached: bool) -> Stop {
    let failure = match failure {
        // It has not been tried for long.
        Failure::Silent(error, GivenUp::Tried) if is_unreached => return error.into(),
        failure => failure,
    };
    if let Failure::Refused(error) = &failure {
        match code(error).as_deref() {
            Some(NO_SERVICE) => {
                return Stop::new("the server does not know the service in AUTHLETE_SERVICE_ID");
            }
            Some(TLS_REQUIRED) => {
                return Stop::new("the server wants TLS: AUTHLETE_BASE_URL must begin with https");
            }
            _ => {}
        }
    }
    failure.into()
}
