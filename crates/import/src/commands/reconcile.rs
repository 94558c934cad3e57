//! The subcommand `reconcile`: settles what ran into trouble.

use std::sync::Arc;

use super::cli::ReconcileArgs;
use super::conclusion::conclude;
use super::metrics::Metrics;
use crate::chunking::Job;
use crate::flow::Flow;
use crate::input::Reader;
use crate::journal::{Scope, journal_path};
use crate::moving::{Context, Superseded, send_and_settle};
use crate::server::Server;
use crate::stop::Stop;

pub(crate) async fn reconcile(args: &ReconcileArgs) -> Result<bool, Stop> {
    let job = Job::open(&args.journal)?;
    let path = journal_path(&args.journal);
    let metrics = Metrics::start(args.metrics.as_deref(), &args.journal, &path, &job.progress)?;
    let outcome = settle_all(job, args).await;
    metrics.end(&outcome);
    outcome
}

async fn settle_all(job: Job, args: &ReconcileArgs) -> Result<bool, Stop> {
    job.must_not_be_rolled_back()?;
    let flow = Flow::new(&job.progress)?;
    let (asked, delivery) = (args.server.at(job.input.rates()), args.delivery.at(job.input.rates()));
    let server = Server::connect(&asked, delivery.concurrency(), false, &flow, &job.progress).await?;
    let context = Context::new(job, Arc::new(server), &flow, &asked, &delivery, Superseded::default());
    let mut reader = Reader::open(&context.job.input, false)?;
    let counts = context.job.journal.counts()?;
    context.job.progress.stage("reconciling", "records", 0, counts.unknown, 0);
    let settled = send_and_settle(&context, &mut reader, Scope::Unsettled).await;
    conclude(&context.job, settled, false)
}
