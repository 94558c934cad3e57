//! The subcommand `run`: plan, rehearse, send, settle.

use std::sync::Arc;

use super::cli::RunArgs;
use super::conclusion::conclude;
use super::notes::{expired_note, hazard_note};
use super::output::{must_be_writable, must_not_overwrite};
use super::rejects::{REJECTED, write_rejected};
use super::repair::repair;
use super::summary::Summary;
use crate::clock::now;
use crate::count::count;
use crate::flow::Flow;
use crate::input::{FileArgs, Findings, Input, Reader, scan};
use crate::journal::{Counts, Journal, Scope, Subject, sample_journal_path};
use crate::moving::{Context, Superseded, rehearse_all, send_and_settle, settle_clocks};
use crate::plan::{Book, Planner, place};
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
    // Before there is a journal.
    let FileArgs { file, reading, .. } = &args.journal.file;
    Reader::open(&Input::new(file, reading)?, false)?;
    let book = Book::new(&args.journal, Journal::open(&path)?)?;
    let is_new = !book.journal.is_connected()?;
    let (book, server, flow) = match begin(book, args).await {
        Ok(begun) => begun,
        Err((book, stop)) => {
            if is_new {
                // Nothing has been sent, and what is wrong may be what the journal is tied to.
                book.journal.remove();
            }
            return Err(stop);
        }
    };
    if args.retry_rejected {
        let records = book.journal.retry_rejected()?;
        book.progress.note(&format!("{records} records that were rejected or in conflict are sent again"));
    }
    book.progress.note(&format!("moving {}", Summary::of(&book, None)?.plan()));
    let superseded = Superseded::find(&book, &args.supersede, &args.journal.file.reading)?;
    let context = Context::new(book, server, &flow, &args.server, &args.delivery, superseded);
    let moved = repair_and_send(&context, args).await;
    context.superseded.tell(&context.book.progress);
    let all = conclude(&context.book, moved, args.strict);
    if let Some(rejects) = &args.rejects {
        write_rejected(&context.book, rejects, &args.journal)?;
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
async fn begin(mut book: Book, args: &RunArgs) -> Result<(Book, Arc<Server>, Flow), (Book, Stop)> {
    match plan_and_connect(&mut book, args).await {
        Ok((server, flow)) => Ok((book, server, flow)),
        Err(stop) => Err((book, stop)),
    }
}

async fn plan_and_connect(book: &mut Book, args: &RunArgs) -> Result<(Arc<Server>, Flow), Stop> {
    let is_new = !book.journal.is_connected()?;
    let flow = Flow::new(&book.progress)?;
    let mut has_expired = false;
    if is_new {
        let findings = plan(book, args, &flow, now())?;
        tell(&book.progress, &findings);
        has_expired = findings.expired > 0 || args.strict;
    } else {
        book.must_be_of_an_import()?;
        book.must_fit(true)?;
        must_be_sampled(book, args.sample)?;
    }
    book.must_not_be_rolled_back()?;
    let server =
        Server::connect(&args.server, args.delivery.concurrency, is_new, &flow, &book.progress).await?;
    if has_expired && server.clock.skew().is_some_and(|ahead| ahead < 0) {
        // What has expired by this machine's clock, which is ahead, may be alive.
        let expired = plan(book, args, &flow, server.clock.now())?.expired;
        book.progress.note(&format!("by the server's clock: {}", expired_note(expired)));
    }
    book.journal.connected()?;
    Ok((Arc::new(server), flow))
}

/// A sample must not be taken for the whole file, nor the other way round.
fn must_be_sampled(book: &Book, wanted: Option<u64>) -> Result<(), Stop> {
    match (book.input.sample(), wanted) {
        (None, None) => Ok(()),
        (Some(sample), Some(wanted)) if sample.is_of(wanted) => Ok(()),
        (Some(sample), _) => {
            Err(Stop::new(format!("the journal is of a sample: name it with --sample {}", sample.size())))
        }
        (None, Some(_)) => Err(Stop::new("the journal is of the whole file, and not of a sample")),
    }
}

/// Checks the file and plans the chunks, in one pass and one transaction.
fn plan(book: &mut Book, args: &RunArgs, flow: &Flow, now: i64) -> Result<Findings, Stop> {
    let at = place()?;
    // Whatever a draft was of.
    book.input = book.input.clone().sampled(None);
    if let Some(wanted) = args.sample {
        book.input = book.input.clone().sampled(Some(Reader::sample(&book.input, wanted)?));
    }
    let progress = &book.progress;
    progress.stage("checking", "bytes", 0, book.input.size()?, 0);
    let planned = book.journal.plan(|draft| {
        draft.clear()?;
        let mut planner = Planner::new(draft, args.chunk_records, args.chunk_bytes);
        let tick = |bytes| {
            progress.set(bytes);
            flow.goes_on()
        };
        let findings = scan(&book.input, book.shard, args.strict, now, &mut planner, tick)?;
        planner.finish()?;
        let (problems, invalid) = (findings.problems, draft.rejected()?);
        if invalid > args.may_leave_out() {
            let problems = count(problems, "problem");
            let found = format!("the check found {problems}, and nothing was sent");
            return Err(args.too_many(&found, "`check`"));
        }
        let subject = Subject {
            at: Some(at),
            input: book.input.clone(),
            shard: book.shard,
            fingerprint: findings.fingerprint,
        };
        draft.settings("import", &book.input, args.chunk_records)?;
        Ok((findings, subject))
    });
    progress.finish();
    planned
}

/// What the check has found that is worth a look.
fn tell(progress: &Progress, findings: &Findings) {
    findings.hazards.warnings().for_each(|warning| progress.note(&warning));
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
    settle_clocks(context, &mut Reader::open(&context.book.input, false)?).await?;
    if args.repair {
        repair(context).await?;
    }
    context.book.journal.retry_disputed()?;
    rehearse_and_send(context, args).await
}

async fn rehearse_and_send(context: &Arc<Context>, args: &RunArgs) -> Result<(), Stop> {
    let Book { journal, progress, input, .. } = &context.book;
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
