//! The subcommand `reconcile`: settles what ran into trouble.

use std::sync::Arc;

use super::cli::ReconcileArgs;
use super::conclusion::conclude;
use crate::flow::Flow;
use crate::input::Reader;
use crate::journal::Scope;
use crate::moving::{Context, Superseded, send_and_settle};
use crate::plan::Book;
use crate::server::Server;
use crate::stop::Stop;

pub(crate) async fn reconcile(args: &ReconcileArgs) -> Result<bool, Stop> {
    let book = Book::open(&args.journal)?;
    book.must_not_be_rolled_back()?;
    let flow = Flow::new(&book.progress)?;
    let server =
        Server::connect(&args.server, args.delivery.concurrency, false, &flow, &book.progress).await?;
    let context =
        Context::new(book, Arc::new(server), &flow, &args.server, &args.delivery, Superseded::default());
    let mut reader = Reader::open(&context.book.input, false)?;
    let counts = context.book.journal.counts()?;
    context.book.progress.stage("reconciling", "records", 0, counts.unknown, 0);
    let settled = send_and_settle(&context, &mut reader, Scope::Troubled).await;
    conclude(&context.book, settled, false)
}
