//! The subcommand `verify`: asks whether the tokens are there, as their records say.

use std::sync::Arc;

use serde_json::json;

use super::cli::VerifyArgs;
use super::metrics::Metrics;
use super::notes::accepted_note;
use crate::chunking::{Batch, Job, next_record};
use crate::clock::now;
use crate::flow::Flow;
use crate::input::{Reader, Record};
use crate::journal::{Flaw, Outcome, Outcomes, journal_path};
use crate::moving::wrong;
use crate::server::{Detail, Finder, Found, Server};
use crate::stop::Stop;
use crate::terminal::{event, say};

/// How many tokens are looked for in one go.
const GROUP: usize = 256;
/// How many findings are told one by one.
const TOLD: u64 = 100;

#[derive(Default)]
struct Tally {
    there: u64,
    expired: u64,
    missing: u64,
    without_refresh: u64,
    differing: u64,
    unclear: u64,
}

impl Tally {
    fn of(&mut self, flaw: Flaw) -> &mut u64 {
        match flaw {
            Flaw::Missing => &mut self.missing,
            Flaw::Incomplete => &mut self.without_refresh,
            Flaw::Differs => &mut self.differing,
            Flaw::Unclear => &mut self.unclear,
        }
    }

    fn wrong(&self) -> u64 {
        self.missing + self.without_refresh + self.differing + self.unclear
    }
}

/// Looks for tokens that are there as far as the journal knows. `true` if all are, as their records say, and nothing is left
/// to be moved.
pub(crate) async fn verify(args: &VerifyArgs) -> Result<bool, Stop> {
    let job = Job::view(&args.journal, true)?;
    job.must_be_of_an_import()?;
    let path = journal_path(&args.journal);
    let metrics = Metrics::start(args.metrics.as_deref(), &args.journal, &path, &job.progress)?;
    let outcome = verify_all(job, args).await;
    metrics.end(&outcome);
    outcome
}

async fn verify_all(job: Job, args: &VerifyArgs) -> Result<bool, Stop> {
    if let Some(doubts) = job.journal.meta("accepted_doubts")? {
        job.progress.note(&accepted_note(&doubts));
    }
    if job.journal.is_in_use() {
        job.progress.note("note: a run is under way: only what it has settled is looked at");
    }
    let flow = Flow::new(&job.progress)?;
    let asked = args.server.at(job.input.rates());
    let server = Arc::new(Server::connect(&asked, 1, false, &flow, &job.progress).await?);
    let finder = Finder::new(&server, &asked);
    // What was found wrong before is looked at again.
    let counts = job.journal.counts_without_findings()?;
    let total = counts.created + counts.existing + counts.conflict;
    let wanted = if args.all { total } else { args.sample.min(total) };
    job.progress.stage("verifying", "tokens", 0, wanted, 0);

    let mut verification = Verification { job: &job, finder, tally: Tally::default() };
    let looked = verification.at_all(&server, wanted, total).await;
    job.progress.finish();
    let Tally { there, expired, missing, without_refresh, differing, unclear } = verification.tally;
    let wrong = verification.tally.wrong();
    // Not looked for, because the import has not come to an end with them.
    let unfinished = counts.waiting + counts.unknown;
    if job.progress.is_json() {
        event(&json!({
            "event": "verified",
            "there": there,
            "expired": expired,
            "missing": missing,
            "withoutRefreshToken": without_refresh,
            "differing": differing,
            "unclear": unclear,
            "unfinished": unfinished,
        }));
    } else {
        say(&format!(
            "there {there}, expired meanwhile {expired}, missing {missing}, differing {differing}, unclear {unclear}, \
             not moved yet {unfinished}, without their refresh tokens {without_refresh}"
        ));
    }
    looked?;
    if missing + without_refresh > 0 && !job.progress.is_json() {
        say("`run --repair` moves what is missing again");
    }
    Ok(wrong == 0 && (args.settled || unfinished == 0))
}

/// Whether the `seen`th of `total` is one of the `wanted`, which are spread evenly.
fn is_picked(seen: u64, wanted: u64, total: u64) -> bool {
    let before = |number: u64| u128::from(number) * u128::from(wanted) / u128::from(total.max(1));
    before(seen) > before(seen.saturating_sub(1))
}

/// Whether nothing of a record is alive.
fn is_over(record: &Record, now: i64) -> bool {
    let has_passed = |at: Option<i64>| at.is_some_and(|at| at <= now);
    let is_refreshable = record.refresh_token.is_some() && record.is_refreshable();
    let is_alive = record.access_token_persistent == Some(true) || !has_passed(record.expires_at);
    let is_renewable = is_refreshable && !has_passed(record.refresh_token_expires_at);
    !is_alive && !is_renewable
}

struct Verification<'a> {
    job: &'a Job,
    finder: Finder,
    tally: Tally,
}

impl Verification<'_> {
    async fn at_all(&mut self, server: &Server, wanted: u64, total: u64) -> Result<(), Stop> {
        let mut reader = Reader::open(&self.job.input, false)?;
        let mut outcomes = Outcomes::without_findings(&self.job.journal);
        let mut batch = Batch::default();
        let mut seen = 0;
        while let Some((member, record)) = next_record(&mut reader, self.job.shard)? {
            let (outcome, _) = outcomes.of(member.number)?;
            if !matches!(outcome, Outcome::Created | Outcome::Existing | Outcome::Conflict) {
                continue;
            }
            seen += 1;
            if !is_picked(seen, wanted, total) {
                continue;
            }
            if is_over(&record, server.clock.now().min(now())) {
                self.tally.expired += 1;
                self.job.progress.add(1);
                continue;
            }
            batch.push(member, record);
            if batch.members.len() == GROUP {
                self.at(std::mem::take(&mut batch)).await?;
            }
        }
        self.at(batch).await
    }

    async fn at(&mut self, batch: Batch) -> Result<(), Stop> {
        let all: Vec<usize> = (0..batch.members.len()).collect();
        let (found, stop) = self.finder.find(&batch.wanted(&all), Detail::Whole).await;
        let is_cut = stop.is_some();
        let (mut findings, mut right) = (Vec::new(), Vec::new());
        for (member, found) in batch.members.iter().zip(found) {
            // It has not been asked for.
            if found == Found::Unclear && is_cut {
                continue;
            }
            let Some(finding) = wrong(*member, &found) else {
                self.tally.there += 1;
                right.push(member.number);
                continue;
            };
            *self.tally.of(finding.flaw) += 1;
            match self.tally.wrong() {
                ..=TOLD => self.job.progress.note(&format!("record {}: {}", member.number, finding.told())),
                wrong if wrong == TOLD + 1 => self.job.progress.note("... `report` names the others"),
                _ => {}
            }
            findings.push(finding);
        }
        // What was found until it has to end is worth keeping, too.
        self.job.journal.note_findings(&findings, &right)?;
        self.job.progress.add(batch.members.len() as u64);
        stop.map_or(Ok(()), Err)
    }
}
