//! Batches: sending one, and waiting for its result.

use std::time::Duration;

use authlete::funcs::{
    token_operations_auth_token_create_batch_api, token_operations_auth_token_create_batch_status_api,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{TokenBatchStatus, TokenBatchStatusResult};
use tokio::time::{Instant, sleep};

use super::connection::Server;
use super::pace::{GivenUp, Permit, RequestKind};
use super::refusal::{Refusal, refusal, says_not_found};
use super::retry::Failure;
use crate::flow::Phase;
use crate::stop::Stop;

/// What sending a batch once came to.
#[derive(Debug)]
pub(crate) enum Sent {
    Accepted(String),
    /// Nothing was accepted, and it may be sent again.
    Not,
    /// It may have been accepted. The stop is there if nothing may be asked about it for longer than patience lasts.
    Unknown(Option<Stop>),
    /// The server refuses what was sent. Nothing was accepted.
    Content(String),
    /// The server would refuse anything, or has taken nothing for too long. Nothing was accepted.
    Never(Stop),
}

/// How long to wait for the result of a batch.
#[derive(Clone, Copy)]
pub(crate) struct Waiting {
    /// While the server says that the batch is not finished.
    pub(crate) pending: Duration,
    /// While it does not know the batch, which is new.
    pub(crate) grace: Duration,
}

/// What became of a batch.
pub(crate) enum BatchEnd {
    Finished(TokenBatchStatus),
    /// Not finished in time.
    Late,
    NotFound,
}

impl Server {
    /// Waits until a batch may be sent, or for the phase at which none is sent any more.
    pub(crate) async fn turn_of_a_batch(&self, end: Phase) -> Result<Permit<'_>, Failure> {
        self.is_back().await?;
        self.enter_before(RequestKind::Batch, end).await
    }

    /// Sends a batch once. `attempts` is how often it has been sent with this.
    pub(crate) async fn create(
        &self,
        permit: Permit<'_>,
        request: &AuthTokenCreateBatchApiRequest,
        attempts: u32,
    ) -> Sent {
        let error = match token_operations_auth_token_create_batch_api(&self.core, request, None).await {
            Ok(answer) => {
                self.answered(permit, Some(&answer.http));
                return answer.into_value().request_id.map_or(Sent::Unknown(None), Sent::Accepted);
            }
            Err(error) => error,
        };
        match refusal(&error) {
            Refusal::Content(code) => {
                self.answered(permit, error.http());
                Sent::Content(code)
            }
            Refusal::Anything => {
                self.answered(permit, error.http());
                Sent::Never(error.into())
            }
            Refusal::Again => match self.pressed(permit, attempts, &error) {
                Some(given_up) => Sent::Never(Failure::Silent(error, given_up).into()),
                None => Sent::Not,
            },
            Refusal::Unknown => {
                let given_up = self.pressed(permit, attempts, &error);
                let pause = given_up.filter(|given_up| matches!(given_up, GivenUp::Pause { .. }));
                Sent::Unknown(pause.map(|pause| Failure::Silent(error, pause).into()))
            }
        }
    }

    /// Waits for the result of a batch.
    pub(crate) async fn result_of(&self, request_id: &str, waiting: Waiting) -> Result<BatchEnd, Failure> {
        const FIRST: Duration = Duration::from_millis(200);
        const LONGEST: Duration = Duration::from_secs(10);
        let request = AuthTokenCreateBatchStatusApiRequest::new(request_id);
        let begun = Instant::now();
        let (mut pause, mut pending) = (FIRST, Duration::ZERO);
        loop {
            let asked = self.ask(RequestKind::Status, |core| {
                let request = request.clone();
                async move {
                    token_operations_auth_token_create_batch_status_api(&core, &request, None).await
                }
            });
            match asked.await {
                Ok(answer) => {
                    if let Some(status) = answer.into_value().status.filter(is_finished) {
                        return Ok(BatchEnd::Finished(status));
                    }
                }
                Err(Failure::Refused(error)) if says_not_found(&error) => {
                    if begun.elapsed() >= waiting.grace {
                        return Ok(BatchEnd::NotFound);
                    }
                }
                Err(failure) => return Err(failure),
            }
            // Only what is spent on waiting for the batch counts, not for how long the server itself was away.
            let left = waiting.pending.saturating_sub(pending);
            if left.is_zero() {
                return Ok(BatchEnd::Late);
            }
            let nap = pause.min(left);
            tokio::select! {
                () = self.flow.reaches(Phase::Over) => return Err(Failure::Interrupted),
                () = sleep(nap) => {}
            }
            pending += nap;
            pause = pause.mul_f64(1.5).min(LONGEST);
        }
    }
}

/// Whether a batch has come to an end. What a result means that is not known here, nobody can tell: the batch may still run.
fn is_finished(status: &TokenBatchStatus) -> bool {
    matches!(status.result, Some(TokenBatchStatusResult::Succeeded | TokenBatchStatusResult::Failed))
}
