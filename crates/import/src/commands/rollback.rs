//! The subcommand `rollback`: deletes what this import has created.

use std::io::{BufRead, Write};

use authlete::funcs::token_management_delete;
use authlete::models::operations::AuthTokenDeleteApiRequest;
use authlete::{AuthleteCore, Secret};
use serde_json::json;
use tokio::task::JoinSet;

use super::cli::RollbackArgs;
use crate::input::Reader;
use crate::journal::{Counts, State};
use crate::plan::{Batch, Book, next_record};
use crate::server::{Server, says_not_found};
use crate::stop::Stop;
use crate::terminal::{event, say};

/// How many single records are deleted between two notes in the journal.
const PAGE: usize = 200;

/// Deletes, after a typed confirmation, and goes on with that after an interruption.
pub(crate) async fn rollback(args: &RollbackArgs) -> Result<bool, Stop> {
    let book = Book::open(&args.journal, true)?;
    let counts = book.journal.counts()?;
    if counts.unknown > 0 {
        return Err(Stop::new(format!(
            "it is not known what became of {} records: run `reconcile` first",
            counts.unknown
        )));
    }
    if counts.created > 0 {
        confirm(&format!("delete {}", counts.created))?;
    }
    let server = Server::connect(&args.server).await?;
    book.journal.set_meta("rolled_back", "yes")?;
    book.progress.stage("deleting", "tokens", 0, counts.created);
    delete_alone(&book, &server).await?;
    delete_chunks(&book, &server).await?;
    book.progress.finish();
    let Counts { deleted, existing, .. } = book.journal.counts()?;
    if book.progress.is_json() {
        event(&json!({"event": "rolledBack", "deleted": deleted, "leftAlone": existing}));
    } else {
        say(&format!("deleted {deleted}, left alone {existing} that were already there"));
    }
    Ok(true)
}

/// Wants these very words from stdin.
fn confirm(words: &str) -> Result<(), Stop> {
    let mut stderr = std::io::stderr();
    write!(stderr, "This deletes tokens that are in use. To go on, type \"{words}\": ")
        .and_then(|()| stderr.flush())
        .map_err(|error| Stop::during("cannot ask for the confirmation", error))?;
    let mut typed = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut typed)
        .map_err(|error| Stop::during("cannot read the confirmation", error))?;
    if typed.trim() == words { Ok(()) } else { Err(Stop::new("not confirmed, and nothing was deleted")) }
}

/// The records that were found to be created one by one.
async fn delete_alone(book: &Book, server: &Server) -> Result<(), Stop> {
    let mut reader = Reader::open(&book.input, false)?;
    let mut last = 0;
    loop {
        let members = book.journal.created_alone(last, PAGE)?;
        let Some(end) = members.last() else {
            return Ok(());
        };
        last = end.number;
        let mut batch = Batch::default();
        for member in &members {
            reader.seek(member.number, member.offset)?;
            match next_record(&mut reader, book.shard)? {
                Some((found, record)) if found.number == member.number => batch.push(found, record),
                _ => return Err(Stop::new("the file has changed since the journal was begun")),
            };
        }
        delete_all(server, &batch).await?;
        book.journal.deleted_alone(&members)?;
        book.progress.add(members.len() as u64);
    }
}

/// The chunks that succeeded as a whole.
async fn delete_chunks(book: &Book, server: &Server) -> Result<(), Stop> {
    let mut reader = Reader::open(&book.input, false)?;
    let mut last = 0;
    while let Some(chunk) = book.journal.next_succeeded(last)? {
        last = chunk.id;
        let batch = Batch::load(&chunk, &book.journal, &mut reader, book.shard)?;
        delete_all(server, &batch).await?;
        book.journal.set_state(chunk.id, State::Deleted, None)?;
        book.progress.add(chunk.members);
    }
    Ok(())
}

async fn delete_all(server: &Server, batch: &Batch) -> Result<(), Stop> {
    let mut tasks = JoinSet::new();
    let mut tokens = batch.tokens().iter().filter_map(|token| token.access_token.clone());
    loop {
        while tasks.len() < server.lookups
            && let Some(token) = tokens.next()
        {
            tasks.spawn(delete(server.core.clone(), token));
        }
        match tasks.join_next().await {
            Some(done) => done.map_err(|error| Stop::during("a deletion failed", error))??,
            None => return Ok(()),
        }
    }
}

/// Deletes a token. One that is gone has been deleted before, or has expired.
async fn delete(core: AuthleteCore, token: Secret) -> Result<(), Stop> {
    match token_management_delete(&core, &AuthTokenDeleteApiRequest::new(token), None).await {
        Ok(_) => Ok(()),
        Err(error) if says_not_found(&error) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
