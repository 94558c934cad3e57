//! The pass over the file that applies the rules to each record.

use std::borrow::Cow;

use super::duplicates::{Compared, Duplicates, Repetition};
use super::file::Input;
use super::hash::sha256;
use super::hazards::Hazards;
use super::problem::Problem;
use super::reader::Reader;
use super::record::Record;
use super::rules::{has_subject, rules};
use super::shard::Shard;
use super::source::Fingerprint;
use super::space;
use super::times::has_expired;
use crate::stop::Stop;

/// A record as the pass sees it.
pub(crate) struct Seen<'a> {
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) raw: &'a [u8],
    /// The length of its JSON, about that of its place in a request.
    pub(crate) bytes: u64,
}

/// What is done with the records of a pass.
pub(crate) trait Sink {
    /// The record keeps the rules, as far as is known before the end of the pass.
    fn good(&mut self, seen: &Seen<'_>) -> Result<(), Stop>;

    /// The record breaks these rules.
    fn bad(&mut self, seen: &Seen<'_>, problems: &[Problem]) -> Result<(), Stop>;

    /// The record keeps the rules, and has expired.
    fn expired(&mut self, seen: &Seen<'_>) -> Result<(), Stop>;

    /// The record, reported as good before, has a token that an earlier record has.
    fn duplicate(&mut self, number: u64, problem: &Problem) -> Result<(), Stop>;
}

/// What a pass found.
pub(crate) struct Findings {
    /// The records of the shard.
    pub(crate) records: u64,
    /// The problems, of which a record may have several.
    pub(crate) problems: u64,
    /// The records that have expired, if that is no problem.
    pub(crate) expired: u64,
    /// About how many bytes of temporary space it took to look for duplicates.
    pub(crate) temporary: u64,
    pub(crate) hazards: Hazards,
    pub(crate) fingerprint: Fingerprint,
}

/// Reads the whole file once. With `strict` a record that has expired is a problem. `tick` is told after each record how much
/// has been read, and may end the pass.
pub(crate) fn scan(
    input: &Input,
    shard: Option<Shard>,
    strict: bool,
    now: i64,
    mut sink: impl Sink,
    mut tick: impl FnMut(u64) -> Result<(), Stop>,
) -> Result<Findings, Stop> {
    let size = input.size()?;
    let mut temporary = 0;
    let mut reader = Reader::open(input, true)?;
    let mut duplicates = Duplicates::new();
    let mut hazards = Hazards::default();
    let mut problems = Vec::new();
    let (mut records, mut problem_count, mut expired) = (0, 0, 0);
    while let Some(row) = reader.next()? {
        let (number, offset, raw) = (row.number, row.offset, row.raw);
        let bytes = row.json.as_ref().map_or(0, |json| json.len() as u64);
        let seen = Seen { number, offset, raw, bytes };
        let record = row.json.and_then(Record::parse);
        let token = sha256(record.as_ref().map_or("", Record::access_token));
        if shard.is_some_and(|shard| !shard.holds(&token)) {
            continue;
        }
        records += 1;
        problems.clear();
        match &record {
            Ok(record) => {
                let mut broken = |field, what| problems.push(Problem::new(field, what));
                rules(record, now, &input.accepted().literal, &mut broken);
                if strict && has_expired(record, now) {
                    problems.push(Problem::new("expiresAt", "has passed, or is less than a second ahead"));
                }
            }
            Err(problem) => problems.push(problem.clone()),
        }
        match &record {
            Ok(record) if problems.is_empty() => {
                if has_expired(record, now) {
                    expired += 1;
                    sink.expired(&seen)?;
                } else {
                    remember(record, &token, number, &mut duplicates)?;
                    hazards.look(record, number, now);
                    sink.good(&seen)?;
                }
            }
            _ => {
                problem_count += problems.len() as u64;
                sink.bad(&seen, &problems)?;
            }
        }
        let read = reader.bytes();
        tick(read)?;
        if let Some(bytes) = duplicates.foreseen(read, size).filter(|_| temporary == 0) {
            space::must_have(bytes)?;
            temporary = bytes;
        }
    }
    reader.must_have_met_all()?;
    let fingerprint = reader.fingerprint()?;
    duplicates.finish(|kind, record, first| {
        let field = match kind {
            Repetition::Same(Compared::AccessToken) => "accessToken",
            Repetition::Same(Compared::RefreshToken) | Repetition::Crossed => "refreshToken",
            Repetition::Same(Compared::Holder) => {
                hazards.add(
                    "share client and subject with an earlier record: if the service keeps a single access token per \
                     subject, the earlier one is invalidated",
                    record,
                );
                return Ok(());
            }
        };
        problem_count += 1;
        let what = Cow::Owned(match kind {
            Repetition::Crossed => format!("is the accessToken of record {first}: is one column taken for both?"),
            Repetition::Same(_) => format!("is the same as in record {first}"),
        });
        sink.duplicate(record, &Problem { field, what })
    })?;
    Ok(Findings { records, problems: problem_count, expired, temporary, hazards, fingerprint })
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::during("cannot use a temporary file", error)
    }
}

fn remember(record: &Record, token: &[u8; 32], number: u64, duplicates: &mut Duplicates) -> Result<(), Stop> {
    duplicates.add(Compared::AccessToken, token, number)?;
    if let Some(token) = &record.refresh_token {
        duplicates.add(Compared::RefreshToken, &sha256(token.expose()), number)?;
    }
    if let Some(subject) = record.subject.as_deref().filter(|_| has_subject(record)) {
        let holder = match (record.client_id, record.client_identifier.as_deref()) {
            (Some(id), _) => format!("{id}\n{subject}"),
            (None, name) => format!("{}\n{subject}", name.unwrap_or_default()),
        };
        duplicates.add(Compared::Holder, &sha256(holder), number)?;
    }
    Ok(())
}
