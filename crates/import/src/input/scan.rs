//! The pass over the file that applies the rules to each record.

use std::borrow::Cow;

use super::duplicates::{Duplicates, Kind};
use super::file::Input;
use super::hash::sha256;
use super::reader::Reader;
use super::record::{Problem, Record};
use super::rules::{has_subject, note, rules};
use super::shard::Shard;
use super::source::Fingerprint;
use crate::stop::Stop;

/// A record as the pass sees it.
pub(crate) struct Seen {
    pub(crate) number: u64,
    pub(crate) offset: u64,
    /// The length of its JSON, about that of its place in a request.
    pub(crate) bytes: u64,
}

/// What is done with the records of a pass.
pub(crate) trait Sink {
    /// The record keeps the rules, as far as is known before the end of the pass.
    fn good(&mut self, seen: &Seen) -> Result<(), Stop>;

    /// The record breaks a rule. It may break several.
    fn bad(&mut self, number: u64, problem: &Problem) -> Result<(), Stop>;

    /// The record, reported as good before, has a token that an earlier record has.
    fn duplicate(&mut self, number: u64, problem: &Problem) -> Result<(), Stop>;
}

/// What a pass found.
pub(crate) struct Findings {
    /// The records of the shard.
    pub(crate) records: u64,
    /// The problems, of which a record may have several.
    pub(crate) problems: u64,
    pub(crate) hazards: Hazards,
    pub(crate) fingerprint: Fingerprint,
}

/// What is allowed and yet deserves a look, with the number of records and the first of them.
#[derive(Default)]
pub(crate) struct Hazards(Vec<(&'static str, u64, u64)>);

impl Hazards {
    fn add(&mut self, what: &'static str, record: u64) {
        match self.0.iter_mut().find(|(known, ..)| *known == what) {
            Some((_, count, first)) => {
                *count += 1;
                *first = record.min(*first);
            }
            None => self.0.push((what, 1, record)),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, u64, u64)> {
        self.0.iter().copied()
    }
}

/// Reads the whole file once.
pub(crate) fn scan(
    input: &Input,
    shard: Option<Shard>,
    now: i64,
    mut sink: impl Sink,
    mut tick: impl FnMut(u64),
) -> Result<Findings, Stop> {
    let mut reader = Reader::open(input, true)?;
    let mut duplicates = Duplicates::new();
    let mut hazards = Hazards::default();
    let mut problems = Vec::new();
    let (mut records, mut problem_count) = (0, 0);
    while let Some(row) = reader.next()? {
        let (number, offset) = (row.number, row.offset);
        let bytes = row.json.as_ref().map_or(0, |json| json.len() as u64);
        let record = row.json.and_then(Record::parse);
        let token = sha256(record.as_ref().map_or("", Record::access_token));
        if shard.is_some_and(|shard| !shard.holds(&token)) {
            continue;
        }
        records += 1;
        problems.clear();
        match &record {
            Ok(record) => rules(record, now, &mut |field, what| problems.push(Problem::new(field, what))),
            Err(problem) => problems.push(problem.clone()),
        }
        for problem in &problems {
            problem_count += 1;
            sink.bad(number, problem)?;
        }
        if let (Ok(record), true) = (&record, problems.is_empty()) {
            remember(record, &token, number, &mut duplicates)?;
            note(record, now, &mut |what| hazards.add(what, number));
            sink.good(&Seen { number, offset, bytes })?;
        }
        tick(offset + bytes);
    }
    let fingerprint = reader.fingerprint();
    duplicates.finish(|kind, record, first| {
        let field = match kind {
            Kind::AccessToken => "accessToken",
            Kind::RefreshToken => "refreshToken",
            Kind::Holder => {
                hazards.add(
                    "share client and subject with an earlier record: if the service keeps a single access token per \
                     subject, the earlier one is invalidated",
                    record,
                );
                return Ok(());
            }
        };
        problem_count += 1;
        let what = Cow::Owned(format!("is the same as in record {first}"));
        sink.duplicate(record, &Problem { field, what })
    })?;
    Ok(Findings { records, problems: problem_count, hazards, fingerprint })
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::during("cannot use a temporary file", error)
    }
}

fn remember(record: &Record, token: &[u8; 32], number: u64, duplicates: &mut Duplicates) -> Result<(), Stop> {
    duplicates.add(Kind::AccessToken, token, number)?;
    if let Some(token) = &record.refresh_token {
        duplicates.add(Kind::RefreshToken, &sha256(token.expose()), number)?;
    }
    if let Some(subject) = record.subject.as_deref().filter(|_| has_subject(record)) {
        let client = match (record.client_id, &record.client_identifier) {
            (Some(id), _) => id.to_string(),
            (None, name) => name.clone().unwrap_or_default(),
        };
        duplicates.add(Kind::Holder, &sha256(&format!("{client}\n{subject}")), number)?;
    }
    Ok(())
}
