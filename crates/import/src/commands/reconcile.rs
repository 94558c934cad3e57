//! The subcommand `reconcile`: settles what ran into trouble.

use super::cli::ReconcileArgs;
use super::conclusion::conclude;
use crate::input::Reader;
use crate::journal::Scope;
use crate::moving::{Context, send_and_settle};
use crate::plan::Book;
use crate::server::Server;
use crate::stop::Stop;

pub(crate) async fn reconcile(args: &ReconcileArgs) -> Result<bool, Stop> {
    let book = Book::open(&args.journal, true)?;
    book.must_not_be_rolled_back()?;
    let server = Server::connect(&args.server).await?;
    let context = Context::new(book, server, &args.server, &args.delivery);
    let mut reader = Reader::open(&context.book.input, false)?;
    let counts = context.book.journal.counts()?;
    context.book.progress.stage("reconciling", "records", 0, counts.unknown);
    let settled = send_and_settle(&context, &mut reader, Scope::Troubled).await;
    conclude(&context.book, settled, false)
}
