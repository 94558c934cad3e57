//! The subcommand `rollback`: deletes what this import has created.

use std::sync::Arc;

use serde_json::json;

use super::cli::RollbackArgs;
use super::confirm::confirm;
use crate::flow::Flow;
use crate::input::Reader;
use crate::journal::{ChunkState, Counts};
use crate::plan::{Batch, Book, load_members};
use crate::server::{Deletion, Server, delete_each};
use crate::stop::Stop;
use crate::terminal::{event, say};

/// How many single records are deleted between two notes in the journal.
const PAGE: usize = 200;

/// Deletes, after a typed confirmation, and goes on with that after an interruption. What was created by batches that
/// succeeded is this import's; what was found after trouble may be another's, and wants words of its own.
pub(crate) async fn rollback(args: &RollbackArgs) -> Result<bool, Stop> {
    let book = Book::open(&args.journal)?;
    let unsettled = book.journal.unsettled()?;
    if unsettled > 0 {
        return Err(Stop::new(format!(
            "it has not been looked up what became of {unsettled} records: run `reconcile` first"
        )));
    }
    let in_doubt = book.journal.in_doubt()?;
    let own = book.journal.counts()?.created - in_doubt;
    let not_confirmed = || Stop::new("not confirmed, and nothing was deleted");
    if own > 0 && !confirm("This deletes tokens that are in use.", &format!("delete {own}"))? {
        return Err(not_confirmed());
    }
    let takes_all = in_doubt > 0
        && confirm(
            &format!(
                "{in_doubt} tokens were found after their batches were lost or had failed, and may be another's; they are left \
                 alone unless you say so."
            ),
            &format!("delete {in_doubt} in doubt"),
        )?;
    if own + in_doubt == 0 {
        // Nobody has been asked, so the import does not end here.
        return conclude(&book);
    }
    if own == 0 && !takes_all {
        return Err(not_confirmed());
    }
    let flow = Flow::new(&book.progress)?;
    let server = Arc::new(Server::connect(&args.server, 1, false, &flow, &book.progress).await?);
    book.journal.set_meta("rolled_back", "yes")?;
    book.progress.stage("deleting", "tokens", 0, own + if takes_all { in_doubt } else { 0 }, 0);
    let mut refused = delete_chunks(&book, &server).await?;
    if takes_all {
        refused += delete_in_doubt(&book, &server).await?;
    }
    book.progress.finish();
    let concluded = conclude(&book)?;
    match refused {
        0 => Ok(concluded),
        _ => Err(Stop::new(format!("{refused} tokens could not be deleted: run it again to try once more"))),
    }
}

fn conclude(book: &Book) -> Result<bool, Stop> {
    let Counts { deleted, existing, conflict, unknown, .. } = book.journal.counts()?;
    let in_doubt = book.journal.in_doubt()?;
    if book.progress.is_json() {
        event(&json!({
            "event": "rolledBack",
            "deleted": deleted,
            "leftAlone": existing,
            "leftInDoubt": in_doubt,
            "leftInConflict": conflict,
            "unknown": unknown,
        }));
        return Ok(true);
    }
    say(&format!("deleted {deleted}, left alone {existing} that were already there"));
    for (count, what) in [
        (in_doubt, "that may be another's: run it again to delete them too"),
        (conflict, "that differ from their records"),
        (unknown, "of which it cannot be told whether they exist"),
    ] {
        if count > 0 {
            say(&format!("left alone {count} {what}; `report` names them"));
        }
    }
    let few = book.journal.created_alone(0, 20)?;
    if !few.is_empty() {
        let numbers: Vec<String> = few.iter().map(|member| member.number.to_string()).collect();
        let more = if in_doubt > few.len() as u64 { ", ..." } else { "" };
        say(&format!("in doubt: records {}{more}", numbers.join(", ")));
    }
    Ok(true)
}

/// The chunks that succeeded as a whole. Returns how many of their tokens could not be deleted.
async fn delete_chunks(book: &Book, server: &Arc<Server>) -> Result<u64, Stop> {
    let mut reader = Reader::open(&book.input, false)?;
    let (mut last, mut refused) = (0, 0);
    while let Some(chunk) = book.journal.next_succeeded(last)? {
        last = chunk.id;
        let batch = Batch::load(&chunk, &book.journal, &mut reader, book.shard)?;
        let kept = delete_all(book, server, &batch).await?.len() as u64;
        if kept == 0 {
            book.journal.set_state(chunk.id, ChunkState::Deleted, None)?;
        }
        refused += kept;
        book.progress.add(chunk.members - kept);
    }
    Ok(refused)
}

/// The records that were found to be there one by one. Returns how many of their tokens could not be deleted.
async fn delete_in_doubt(book: &Book, server: &Arc<Server>) -> Result<u64, Stop> {
    let mut reader = Reader::open(&book.input, false)?;
    let (mut last, mut refused) = (0, 0);
    loop {
        let mut members = book.journal.created_alone(last, PAGE)?;
        let Some(end) = members.last() else {
            return Ok(refused);
        };
        last = end.number;
        let batch = load_members(&members, &mut reader)?;
        let kept = delete_all(book, server, &batch).await?;
        refused += kept.len() as u64;
        members.retain(|member| !kept.contains(&member.number));
        book.journal.deleted_alone(&members)?;
        book.progress.add(members.len() as u64);
    }
}

/// Deletes the tokens of a batch. Returns the records whose tokens could not be deleted.
async fn delete_all(book: &Book, server: &Arc<Server>, batch: &Batch) -> Result<Vec<u64>, Stop> {
    let (done, stop) = delete_each(server, batch.access_tokens()).await;
    let mut kept = Vec::new();
    for (member, deletion) in done {
        if let Deletion::Refused(reason) = deletion {
            let number = member.number;
            book.progress.note(&format!("record {number}: its token cannot be deleted: {reason}"));
            kept.push(number);
        }
    }
    stop.map_or(Ok(kept), Err)
}
