//! Whose clock is right where the server's and this machine's are far apart.

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;

use super::context::Context;
use crate::chunking::Batch;
use crate::clock::now;
use crate::input::Reader;
use crate::server::{BatchEnd, Failure, LARGE_SKEW, RequestKind};
use crate::stop::Stop;

/// Settles it before anything is sent, by the time at which the server says that it has made a dry run. `Date` may be a
/// gateway's; that time is the server's own.
pub(crate) async fn settle_clocks(context: &Context, reader: &mut Reader) -> Result<(), Stop> {
    let server = &context.server;
    if context.is_clock_settled || server.clock.ahead().abs() <= LARGE_SKEW {
        return Ok(());
    }
    let Some(chunk) = context.job.journal.next_planned(0)? else {
        return Ok(());
    };
    let batch = Batch::load(&chunk, &context.job.journal, reader, context.job.shard)?;
    let Some(mut token) = batch.tokens().first().cloned() else {
        return Ok(());
    };
    // How long it lives does not matter: it is not created.
    (token.access_token_duration, token.refresh_token, token.refresh_token_duration) = (Some(60), None, None);
    let request = AuthTokenCreateBatchApiRequest::new([token]).dry_run(true);
    let asked_at = now();
    let asked = server.ask(RequestKind::Batch, |core| {
        let request = request.clone();
        async move { token_operations_auth_token_create_batch_api(&core, &request, None).await }
    });
    let request_id = match asked.await {
        Ok(answer) => answer.into_value().request_id,
        Err(Failure::Refused(_)) => None,
        Err(failure) => return Err(failure.into()),
    };
    let mut created_at = None;
    if let Some(request_id) = request_id
        && let BatchEnd::Finished(status) = server.result_of(&request_id, context.waiting()).await?
    {
        created_at = status.created_at;
    }
    let ahead = created_at.map(|created_at| created_at - asked_at);
    let is_near = |wanted: i64| ahead.is_some_and(|ahead| (ahead - wanted).abs() <= LARGE_SKEW / 2);
    if is_near(server.clock.ahead()) {
        return Ok(());
    }
    let apart = server.clock.ahead() / 1000;
    if is_near(0) {
        server.clock.take_machines();
        context.job.progress.note(&format!(
            "note: the `Date` of the answers is {apart} s off, and not the clock by which the server creates: this machine's counts"
        ));
        return Ok(());
    }
    Err(Stop::new(format!(
        "the server's clock seems to be {apart} s ahead of this machine's, and nothing that it has made tells which of them is \
         right: set this machine's clock, or say `--clock server` or `--clock machine`"
    )))
}
