//! Asking until there is an answer.

use std::sync::atomic::Ordering;
use std::time::Duration;

use authlete::{ApiResult, AuthleteCore, AuthleteError, Envelope, HttpMeta};

use super::connection::Server;
use super::diagnosis::explained;
use super::pace::{ATTEMPTS, Felt, GivenUp, Permit, RequestKind};
use crate::flow::{Phase, interrupted};
use crate::stop::Stop;
use crate::terminal::span;

/// How often a server is tried that has never been reached.
const FIRST_TRIES: u32 = 8;
/// How often a connection is tried that will not come about.
const CONNECTION_TRIES: u32 = 2;

/// Why there is no answer to be had.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The server has said no.
    Refused(AuthleteError),
    /// It has said nothing of use for longer than `--retry-for` allows.
    Silent(AuthleteError, GivenUp),
    /// Nobody waits any more.
    Interrupted,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error.into(),
            Failure::Silent(error, GivenUp::Tried) => {
                Self::during("the server has been tried for as long as --retry-for allows", Self::from(error))
            }
            Failure::Silent(error, GivenUp::Pause { asked, retry_for }) => {
                let [asked, retry_for] = [asked, retry_for].map(|time| span(time.as_secs_f64()));
                let what = format!("the server asks for a pause of {asked}, and --retry-for is {retry_for}");
                Self::during(&what, Self::from(error))
            }
            Failure::Interrupted => interrupted(),
        }
    }
}

impl Server {
    /// Asks what may be asked again, until there is an answer or an end of patience.
    pub(crate) async fn ask<T, F>(
        &self,
        kind: RequestKind,
        call: impl Fn(AuthleteCore) -> F,
    ) -> Result<Envelope<T>, Failure>
    where
        F: Future<Output = ApiResult<T>>,
    {
        self.ask_for(kind, call, |answer| Some(&answer.http)).await
    }

    /// The same for an answer of any kind. `head` takes out the response's head, if there is one.
    pub(super) async fn ask_for<T, F>(
        &self,
        kind: RequestKind,
        call: impl Fn(AuthleteCore) -> F,
        head: impl Fn(&T) -> Option<&HttpMeta>,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, AuthleteError>>,
    {
        for attempts in 1.. {
            let permit = self.enter(kind).await?;
            let error = match call(self.core.clone()).await {
                Ok(answer) => {
                    self.answered(permit, head(&answer));
                    return Ok(answer);
                }
                Err(error) => error,
            };
            if !is_passing(&error, attempts) {
                self.answered(permit, error.http());
                return Err(Failure::Refused(error));
            }
            if let Some(given_up) = self.pressed(permit, attempts, &error) {
                return Err(Failure::Silent(error, given_up));
            }
        }
        Err(Failure::Interrupted)
    }

    /// Waits for the turn of a request. What is under way is finished even if someone interrupts, as long as the server
    /// answers; other requests are not begun then.
    pub(super) async fn enter(&self, kind: RequestKind) -> Result<Permit<'_>, Failure> {
        let finishes = kind == RequestKind::Status && !self.pace.is_failing(kind);
        let end = if finishes { Phase::Over } else { Phase::Finishing };
        self.enter_before(kind, end).await
    }

    /// The same with another end.
    pub(super) async fn enter_before(&self, kind: RequestKind, end: Phase) -> Result<Permit<'_>, Failure> {
        tokio::select! {
            biased;
            () = self.flow.reaches(end) => Err(Failure::Interrupted),
            permit = self.pace.enter(kind) => Ok(permit),
        }
    }

    /// Notes that a request was answered.
    pub(super) fn answered(&self, permit: Permit<'_>, http: Option<&HttpMeta>) {
        if let Some(http) = http {
            self.clock.hear(http, permit.begun());
        }
        permit.end(Felt::Answered);
        self.progress.outage(None);
    }

    /// Notes that a request came to nothing, and says whether it is to be given up, and why.
    pub(super) fn pressed(
        &self,
        permit: Permit<'_>,
        attempts: u32,
        error: &AuthleteError,
    ) -> Option<GivenUp> {
        if let Some(http) = error.http() {
            self.clock.hear(http, permit.begun());
        }
        let asked = error.retry_after();
        let is_unreachable =
            self.is_unreached.load(Ordering::Relaxed) && error.http().is_none() && attempts >= FIRST_TRIES;
        let given_up = if is_unreachable { Some(GivenUp::Tried) } else { permit.given_up(attempts, asked) };
        permit.end(Felt::Pressed(asked));
        let again = asked.filter(|asked| *asked >= Duration::from_secs(5));
        self.progress.outage(Some((&explained(error), again)));
        given_up
    }
}

/// Whether an error says that the server, or the way to it, is in trouble for a while.
fn is_passing(error: &AuthleteError, attempts: u32) -> bool {
    match error {
        // Something else may have answered in its place; but not for ever.
        AuthleteError::ResponseValidation { .. } => attempts < ATTEMPTS,
        _ if error.is_retryable() || error.is_timeout() => true,
        // A certificate that is not trusted will not be.
        AuthleteError::Connection { .. } => error.is_retryable() || attempts < CONNECTION_TRIES,
        _ => error.http().is_some_and(|http| {
            let status = http.status.as_u16();
            matches!(status, 408 | 425 | 429) || (status >= 500 && status != 501)
        }),
    }
}
