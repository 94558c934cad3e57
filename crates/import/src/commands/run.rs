//! The subcommand `run`: plan, rehearse, send, settle.

use std::sync::Arc;

use super::cli::RunArgs;
use super::conclusion::conclude;
use crate::clock::now;
use crate::input::{Reader, scan};
use crate::journal::{Counts, Journal, Scope, Subject, journal_path};
use crate::moving::{Context, rehearse_all, send_and_settle};
use crate::plan::{Book, Planner};
use crate::server::{Server, service_id};
use crate::stop::Stop;

/// Moves the tokens. `true` if all of them are there at the end.
pub(crate) async fn run(args: &RunArgs) -> Result<bool, Stop> {
    let path = journal_path(&args.journal);
    let book = Book::new(&args.journal, Journal::open(&path)?);
    if book.journal.is_planned()? {
        book.must_fit(true)?;
    } else {
        plan(&book, args)?;
    }
    book.must_not_be_rolled_back()?;
    let server = Server::connect(&args.server).await?;
    if let Some(seconds) = server.skew() {
        book.progress.note(&format!(
            "the server's clock is {seconds} s ahead of this machine's: lifetimes will be off by that"
        ));
    }
    let context = Context::new(book, server, &args.server, &args.delivery);
    let moved = rehearse_and_send(&context, args).await;
    conclude(&context.book, moved)
}

/// Checks the file and plans the chunks, in one pass and one transaction.
fn plan(book: &Book, args: &RunArgs) -> Result<(), Stop> {
    let service_id = service_id()?;
    let progress = &book.progress;
    progress.stage("checking", "bytes", 0, book.input.size()?);
    let planned = book.journal.plan(|draft| {
        let mut planner = Planner::new(draft, args.chunk_records, args.chunk_bytes);
        let findings = scan(&book.input, book.shard, now(), &mut planner, |bytes| progress.set(bytes))?;
        planner.finish()?;
        if findings.problems > 0 && !args.skip_invalid {
            return Err(Stop::new(format!(
                "the check found {} problems, and nothing was sent: see them with `check`, or leave their records out with \
                 --skip-invalid",
                findings.problems
            )));
        }
        let subject = Subject {
            service_id: Some(service_id),
            format: book.input.format(),
            shard: book.shard,
            fingerprint: findings.fingerprint,
        };
        Ok((findings, subject))
    });
    progress.finish();
    for (what, count, first) in planned?.hazards.iter() {
        progress.note(&format!("note: {count} records {what} (first: record {first})"));
    }
    Ok(())
}

async fn rehearse_and_send(context: &Arc<Context>, args: &RunArgs) -> Result<(), Stop> {
    let Book { journal, progress, input, .. } = &context.book;
    let mut reader = Reader::open(input, false)?;
    let total = |counts: &Counts| counts.waiting + counts.unknown + done(counts);
    if journal.meta("rehearsal")?.is_none() {
        if args.skip_dry_run {
            journal.set_meta("rehearsal", "skipped")?;
        } else {
            let counts = journal.counts()?;
            progress.stage("dry run", "records", done(&counts), total(&counts));
            rehearse_all(context, &mut reader).await?;
            progress.finish();
            let rejected = journal.rejected_by_server()?;
            if rejected > 0 && !args.skip_invalid {
                return Err(Stop::new(format!(
                    "the dry run rejected {rejected} records, and nothing was created: see them with `report`, or leave them \
                     out with --skip-invalid"
                )));
            }
            journal.set_meta("rehearsal", "done")?;
        }
    }
    let counts = journal.counts()?;
    progress.stage("moving", "records", done(&counts), total(&counts));
    send_and_settle(context, &mut reader, Scope::All).await
}

fn done(counts: &Counts) -> u64 {
    counts.created + counts.existing + counts.rejected
}
