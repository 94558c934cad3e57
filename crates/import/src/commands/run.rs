//! The subcommand `run`: plan, rehearse, send, settle.

use std::sync::Arc;

use super::cli::RunArgs;
use super::conclusion::conclude;
use super::metrics::Metrics;
use super::notes::{accepted_note, expired_note, exposed_note, hazard_note};
use super::output::{must_be_writable, must_not_overwrite};
use super::rejects::{REJECTED, write_rejected};
use super::repair::repair;
use super::summary::Summary;
use crate::chunking::{Chunker, Job, place};
use crate::clock::now;
use crate::count::{are, count};
use crate::flow::Flow;
use crate::input::{Doubt, FileArgs, Findings, Input, Reader, scan};
use crate::journal::{Counts, Journal, Scope, Subject, sample_journal_path};
use crate::moving::{Context, Superseded, rehearse_all, send_and_settle, settle_clocks};
use crate::server::Server;
use crate::stop::Stop;
use crate::terminal::Progress;

/// Moves the tokens. `true` if all of them are there at the end.
pub(crate) async fn run(args: &RunArgs) -> Result<bool, Stop> {
    let path = sample_journal_path(&args.journal, args.sample);
    if let Some(rejects) = &args.rejects {
        must_not_overwrite(rejects, &args.journal)?;
        must_be_writable(rejects, REJECTED)?;
    }
    if !path.exists() {
        // Before there is a journal.
        let FileArgs { file, reading, .. } = &args.journal.file;
        Reader::open(&Input::new(file, reading)?, false)?;
    }
    let job = Job::new(&args.journal, Journal::open(&path)?)?;
    let metrics = Metrics::start(args.metrics.as_deref(), &args.journal, &path, &job.progress)?;
    let outcome = move_all(job, args).await;
    metrics.end(&outcome);
    outcome
}

async fn move_all(job: Job, args: &RunArgs) -> Result<bool, Stop> {
    job.input.exposed()?.iter().for_each(|mode| job.progress.note(&exposed_note(*mode)));
    let is_new = !job.journal.is_connected()?;
    let (job, server, flow) = match begin(job, args).await {
        Ok(begun) => begun,
        Err((job, stop)) => {
            if is_new {
                // Nothing has been sent, and what is wrong may be what the journal is tied to.
                job.journal.remove();
            }
            return Err(stop);
        }
    };
    if args.retry_rejected {
        let records = job.journal.retry_rejected()?;
        job.progress.note(&format!("{} sent again after a rejection or conflict", are(records, "record")));
    }
    job.progress.note(&format!("moving {}", Summary::of(&job, None)?.plan()));
    let superseded = Superseded::find(&job, &args.supersede, &args.journal.file.reading)?;
    let rates = job.input.rates();
    let context =
        Context::new(job, server, &flow, &args.server.at(rates), &args.delivery.at(rates), superseded);
    let moved = repair_and_send(&context, args).await;
    context.superseded.tell(&context.job.progress);
    let all = conclude(&context.job, moved, args.strict);
    if let Some(rejects) = &args.rejects {
        write_rejected(&context.job, rejects, &args.journal)?;
    }
    all
}

impl RunArgs {
    /// How many records may be left out.
    fn may_leave_out(&self) -> u64 {
        self.max_invalid.unwrap_or(if self.skip_invalid { u64::MAX } else { 0 })
    }

    /// What to say of too many that `found` names.
    fn too_many(&self, found: &str, see: &str) -> Stop {
        Stop::new(match self.max_invalid {
            Some(max) => format!("{found}, and --max-invalid allows {max}: see them with {see}"),
            None => format!("{found}: see them with {see}, or leave their records out with --skip-invalid"),
        })
    }
}

/// Plans what is not planned, and connects.
async fn begin(mut job: Job, args: &RunArgs) -> Result<(Job, Arc<Server>, Flow), (Job, Stop)> {
    match plan_and_connect(&mut job, args).await {
        Ok((server, flow)) => Ok((job, server, flow)),
        Err(stop) => Err((job, stop)),
    }
}

async fn plan_and_connect(job: &mut Job, args: &RunArgs) -> Result<(Arc<Server>, Flow), Stop> {
    let is_new = !job.journal.is_connected()?;
    let flow = Flow::new(&job.progress)?;
    let mut has_expired = false;
    if is_new {
        let findings = plan(job, args, &flow, now())?;
        tell(&job.progress, &findings);
        has_expired = findings.expired > 0 || args.strict;
    } else {
        job.must_be_of_an_import()?;
        job.must_fit(true)?;
        must_be_sampled(job, args.sample)?;
    }
    job.must_not_be_rolled_back()?;
    let rates = job.input.rates();
    let most = args.delivery.at(rates).concurrency();
    let server = Server::connect(&args.server.at(rates), most, is_new, &flow, &job.progress).await?;
    if has_expired && server.clock.skew().is_some_and(|ahead| ahead < 0) {
        // What has expired by this machine's clock, which is ahead, may be alive.
        let expired = plan(job, args, &flow, server.clock.now())?.expired;
        job.progress.note(&format!("by the server's clock: {}", expired_note(expired)));
    }
    job.journal.connected()?;
    Ok((Arc::new(server), flow))
}

/// A sample must not be taken for the whole file, nor the other way round.
fn must_be_sampled(job: &Job, wanted: Option<u64>) -> Result<(), Stop> {
    match (job.input.sample(), wanted) {
        (None, None) => Ok(()),
        (Some(sample), Some(wanted)) if sample.is_of(wanted) => Ok(()),
        (Some(sample), _) => {
            Err(Stop::new(format!("the journal is of a sample: name it with --sample {}", sample.size())))
        }
        (None, Some(_)) => Err(Stop::new("the journal is of the whole file, and not of a sample")),
    }
}

/// Checks the file and plans the chunks, in one pass and one transaction.
fn plan(job: &mut Job, args: &RunArgs, flow: &Flow, now: i64) -> Result<Findings, Stop> {
    let at = place()?;
    // Whatever a draft was of.
    job.input = job.input.clone().sampled(None);
    if let Some(wanted) = args.sample {
        job.input = job.input.clone().sampled(Some(Reader::sample(&job.input, wanted)?));
    }
    let progress = &job.progress;
    progress.stage("checking", "bytes", 0, job.input.size()?, 0);
    let planned = job.journal.plan(|draft| {
        draft.clear()?;
        let mut chunker = Chunker::new(draft, args.chunk_records, args.chunk_bytes);
        let tick = |bytes| {
            progress.set(bytes);
            flow.goes_on()
        };
        let findings = scan(&job.input, job.shard, args.strict, now, &mut chunker, tick)?;
        chunker.finish()?;
        must_be_tokens(&job.input, &findings)?;
        let doubts: Vec<String> = findings.hazards.doubtful().map(|doubt| doubt.to_string()).collect();
        let (problems, invalid) = (findings.problems, draft.rejected()?);
        if invalid > args.may_leave_out() {
            let problems = count(problems, "problem");
            let found = format!("the check found {problems}, and nothing was sent");
            return Err(args.too_many(&found, "`check`"));
        }
        let subject = Subject {
            at: Some(at),
            input: job.input.clone(),
            shard: job.shard,
            fingerprint: findings.fingerprint,
        };
        draft.settings("import", &job.input, args.chunk_records)?;
        if !doubts.is_empty() {
            draft.accept(&doubts.join(", "))?;
        }
        Ok((findings, subject))
    });
    progress.finish();
    planned
}

/// Refuses columns of hashes, unless the user has said what they are.
fn must_be_tokens(input: &Input, findings: &Findings) -> Result<(), Stop> {
    match findings.hazards.doubtful().next() {
        Some(doubt) if !input.accepted().these_are_tokens => Err(Stop::new(
            input.columns().with_alternative(format!("nothing was sent: {doubt}. {}", Doubt::ADVICE)),
        )),
        _ => Ok(()),
    }
}

/// What the check has found that is worth a look.
fn tell(progress: &Progress, findings: &Findings) {
    for doubt in findings.hazards.doubtful() {
        progress.note(&accepted_note(&doubt.to_string()));
    }
    for (what, records, first) in findings.hazards.iter() {
        progress.note(&hazard_note(records, what, first));
    }
    if findings.expired > 0 {
        progress.note(&format!("note: {}", expired_note(findings.expired)));
    }
    if findings.records == 0 {
        progress.note("note: the file holds no records");
    }
}

async fn repair_and_send(context: &Arc<Context>, args: &RunArgs) -> Result<(), Stop> {
    settle_clocks(context, &mut Reader::open(&context.job.input, false)?).await?;
    if args.repair {
        repair(context).await?;
    }
    context.job.journal.retry_disputed()?;
    rehearse_and_send(context, args).await
}

async fn rehearse_and_send(context: &Arc<Context>, args: &RunArgs) -> Result<(), Stop> {
    let Job { journal, progress, input, .. } = &context.job;
    let mut reader = Reader::open(input, false)?;
    let total = |counts: &Counts| counts.waiting + counts.unknown + done(counts);
    let is_first = journal.meta("rehearsal")?.is_none();
    if is_first {
        // An earlier dry run, which did not come to its end, may have found what is gone by now.
        journal.retry_existing()?;
    }
    // What was divided before need not be tried record by record.
    journal.join(journal.chunk_records()?)?;
    if is_first && args.skip_dry_run {
        journal.set_meta("rehearsal", "skipped")?;
    } else if is_first || !(args.skip_dry_run || context.superseded.is_empty()) {
        let counts = journal.counts()?;
        progress.stage("dry run", "records", done(&counts), total(&counts), total(&counts) - done(&counts));
        rehearse_all(context, &mut reader).await?;
        progress.finish();
    }
    if journal.meta("rehearsal")?.is_none() {
        let rejected = journal.rejected_by_server()?;
        // What the check has left out counts against a number that was given.
        let counted = if args.max_invalid.is_some() { journal.counts()?.rejected } else { rejected };
        if counted > args.may_leave_out() {
            let found =
                format!("the dry run rejected {}, and nothing was created", count(rejected, "record"));
            return Err(args.too_many(&found, "`report`"));
        }
        journal.set_meta("rehearsal", "done")?;
    }
    let counts = journal.counts()?;
    progress.stage("moving", "records", done(&counts), total(&counts), 0);
    send_and_settle(context, &mut reader, Scope::All).await
}

fn done(counts: &Counts) -> u64 {
    counts.created + counts.existing + counts.rejected + counts.conflict + counts.expired
}
