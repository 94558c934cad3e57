//! The subcommand `verify`: asks whether the tokens are there.

use serde_json::json;

use super::cli::VerifyArgs;
use crate::clock::now;
use crate::input::Reader;
use crate::journal::{Fate, Outcomes};
use crate::plan::{Batch, Book, next_record};
use crate::server::{Finder, Found, Server};
use crate::stop::Stop;
use crate::terminal::{event, say};

/// How many tokens are looked for in one go.
const GROUP: usize = 256;

#[derive(Default)]
struct Tally {
    there: u64,
    expired: u64,
    missing: u64,
    differing: u64,
    unclear: u64,
}

/// Looks for tokens that are there as far as the journal knows. `true` if all are, as their records say, and nothing is left
/// to be moved.
pub(crate) async fn verify(args: &VerifyArgs) -> Result<bool, Stop> {
    let book = Book::open(&args.journal, true)?;
    let server = Server::connect(&args.server).await?;
    let finder = Finder::new(args.server.lookup);
    let counts = book.journal.counts()?;
    let total = counts.created + counts.existing;
    let wanted = if args.all { total } else { args.sample.min(total) };
    book.progress.stage("verifying", "tokens", 0, wanted);

    let mut tally = Tally::default();
    let mut reader = Reader::open(&book.input, false)?;
    let mut outcomes = Outcomes::new(&book.journal);
    let mut batch = Batch::default();
    let mut seen = 0;
    while let Some((member, record)) = next_record(&mut reader, book.shard)? {
        if !matches!(outcomes.of(member.number)?.fate, Fate::Created | Fate::Existing) {
            continue;
        }
        seen += 1;
        if !is_picked(seen, wanted, total) {
            continue;
        }
        if record.expires_at.is_some_and(|at| at <= now()) {
            tally.expired += 1;
            book.progress.add(1);
            continue;
        }
        batch.push(member, record);
        if batch.members.len() == GROUP {
            look(&book, &server, &finder, std::mem::take(&mut batch), &mut tally).await?;
        }
    }
    look(&book, &server, &finder, batch, &mut tally).await?;
    book.progress.finish();
    let Tally { there, expired, missing, differing, unclear } = tally;
    // Not looked for, because the import has not come to an end with them.
    let unfinished = counts.waiting + counts.unknown;
    if book.progress.is_json() {
        event(&json!({
            "event": "verified",
            "there": there,
            "expired": expired,
            "missing": missing,
            "differing": differing,
            "unclear": unclear,
            "unfinished": unfinished,
        }));
    } else {
        say(&format!(
            "there {there}, expired meanwhile {expired}, missing {missing}, differing {differing}, unclear {unclear}, \
             not moved yet {unfinished}"
        ));
    }
    Ok(missing + differing + unclear + unfinished == 0)
}

/// Whether the `seen`th of `total` is one of the `wanted`, which are spread evenly.
fn is_picked(seen: u64, wanted: u64, total: u64) -> bool {
    let before = |number: u64| u128::from(number) * u128::from(wanted) / u128::from(total.max(1));
    before(seen) > before(seen.saturating_sub(1))
}

async fn look(
    book: &Book,
    server: &Server,
    finder: &Finder,
    batch: Batch,
    tally: &mut Tally,
) -> Result<(), Stop> {
    let all: Vec<usize> = (0..batch.members.len()).collect();
    let found = finder.find(server, &batch.wanted(&all)).await?;
    for (member, found) in batch.members.iter().zip(found) {
        let (count, what) = match found {
            Found::Present { differs: false, .. } => (&mut tally.there, ""),
            Found::Present { differs: true, .. } => {
                (&mut tally.differing, "is unusable, or has another client, subject or scopes")
            }
            Found::Missing => (&mut tally.missing, "is missing"),
            Found::Unclear => (&mut tally.unclear, "cannot be told to exist or not"),
        };
        *count += 1;
        if !what.is_empty() {
            book.progress.note(&format!("record {}: the token {what}", member.number));
        }
    }
    book.progress.add(batch.members.len() as u64);
    Ok(())
}
