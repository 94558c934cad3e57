//! The rules a record must keep, and the pass over the file that applies them.

use std::borrow::Cow;

use authlete::Secret;
use authlete::models::GrantType;

use crate::duplicates::{Duplicates, Kind, sha256};
use crate::input::{Fingerprint, Input};
use crate::record::{Problem, Record};
use crate::shard::Shard;
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
    let mut reader = input.reader(true)?;
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

fn has_subject(record: &Record) -> bool {
    record.grant_type != Some(GrantType::ClientCredentials)
}

/// Before this, in 1973, a number of milliseconds is rather one of seconds; after the other, 2200, one of microseconds.
const EARLIEST: i64 = 100_000_000_000;
const LATEST: i64 = 7_258_118_400_000;

/// Reports each rule that the record breaks.
fn rules(record: &Record, now: i64, broken: &mut impl FnMut(&'static str, &'static str)) {
    match &record.grant_type {
        None => broken("grantType", "is missing"),
        Some(GrantType::RefreshToken) => broken("grantType", "must not be REFRESH_TOKEN"),
        Some(GrantType::Unrecognized(_)) => broken("grantType", "is not known"),
        Some(_) => {}
    }
    if record.client_id.is_none() && record.client_identifier.as_deref().is_none_or(str::is_empty) {
        broken("clientId", "is missing, and so is clientIdentifier");
    }
    if record.client_id.is_some_and(|id| id <= 0) {
        broken("clientId", "must be positive");
    }
    match record.access_token.as_ref().map(Secret::expose) {
        None | Some("") => broken("accessToken", "is missing: one made by the server would be lost"),
        Some(token) => token_rules("accessToken", token, broken),
    }
    match record.refresh_token.as_ref().map(Secret::expose) {
        None => {}
        Some("") => broken("refreshToken", "is empty"),
        Some(token) => token_rules("refreshToken", token, broken),
    }
    if has_subject(record) {
        match record.subject.as_deref() {
            None | Some("") if record.grant_type != Some(GrantType::JwtBearer) => {
                broken("subject", "is missing");
            }
            Some(subject) if !subject.is_ascii() => broken("subject", "is not ASCII"),
            Some(subject) if subject.len() > 100 => broken("subject", "is longer than 100 characters"),
            _ => {}
        }
    }
    lifetime_rules(record, now, broken);
    for (field, thumbprint) in [
        ("certificateThumbprint", &record.certificate_thumbprint),
        ("dpopKeyThumbprint", &record.dpop_key_thumbprint),
    ] {
        if thumbprint.as_deref().is_some_and(|text| !is_thumbprint(text)) {
            broken(field, "is not the base64url of a SHA-256");
        }
    }
    if let Some(claims) = &record.jwt_at_claims
        && serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(claims).is_err()
    {
        broken("jwtAtClaims", "is not the text of a JSON object");
    }
    let mut elements = record.authorization_details.iter().flat_map(|details| &details.0.elements);
    if elements.any(|element| element.0.r#type.is_none()) {
        broken("authorizationDetails", "has an element without type");
    }
    if record.auth_time.is_some_and(|time| time < 0) {
        broken("authTime", "is negative");
    }
}

/// What no client could present (RFC 6749 appendix A).
fn token_rules(field: &'static str, token: &str, broken: &mut impl FnMut(&'static str, &'static str)) {
    if token.chars().any(char::is_control) {
        broken(field, "has a control character");
    } else if token.trim() != token {
        broken(field, "begins or ends with a space");
    }
}

fn lifetime_rules(record: &Record, now: i64, broken: &mut impl FnMut(&'static str, &'static str)) {
    let lifetimes = [
        ("expiresAt", record.expires_at, "accessTokenDuration", record.access_token_duration),
        (
            "refreshTokenExpiresAt",
            record.refresh_token_expires_at,
            "refreshTokenDuration",
            record.refresh_token_duration,
        ),
    ];
    for (expires, at, lasts, duration) in lifetimes {
        match duration {
            Some(0) => broken(lasts, "is 0, which lets the service decide: leave it out to mean that"),
            Some(..0) => broken(lasts, "is negative"),
            _ => {}
        }
        if at.is_some() && duration.is_some() {
            broken(expires, "stands beside a duration");
        }
        if at.is_some_and(|at| at < EARLIEST) {
            broken(expires, "must be in milliseconds since 1970");
        }
        // That of a persistent token is of no account.
        let is_ignored = expires == "expiresAt" && record.access_token_persistent == Some(true);
        if !is_ignored && at.is_some_and(|at| at >= LATEST) {
            broken(expires, "is after the year 2200: is it in milliseconds?");
        }
    }
    if let Some(at) = record.expires_at.filter(|at| *at >= EARLIEST)
        && record.access_token_persistent != Some(true)
        && !(record.is_refreshable() && has_live_refresh_token(record, now))
    {
        match at.saturating_sub(now) {
            ..=0 => broken("expiresAt", "has passed"),
            1..1000 => broken("expiresAt", "is less than a second ahead, a lifetime that rounds to 0"),
            _ => {}
        }
    }
}

fn has_live_refresh_token(record: &Record, now: i64) -> bool {
    record.refresh_token.is_some()
        && record.refresh_token_expires_at.is_none_or(|at| at.saturating_sub(now) >= 1000)
}

/// 32 bytes in base64url without padding: the last of 43 characters holds 4 bits.
fn is_thumbprint(text: &str) -> bool {
    text.len() == 43
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && text.ends_with(|last| "AEIMQUYcgkosw048".contains(last))
}

/// Reports what is allowed and yet deserves a look.
fn note(record: &Record, now: i64, hazard: &mut impl FnMut(&'static str)) {
    if record.access_token_persistent == Some(true) {
        hazard("never expire (accessTokenPersistent): they live until someone deletes them");
    } else if record.expires_at.is_none() && record.access_token_duration.is_none() {
        hazard("have no access token lifetime: the service's default starts anew when they are moved");
    } else if record.access_token_duration.is_some() {
        hazard("have a relative lifetime, which starts anew when they are moved: expiresAt keeps it");
    }
    if record.expires_at.is_some_and(|at| at.saturating_sub(now) < 1000) {
        hazard(
            "have an expired access token, which lives for 1 second more so that its refresh token can be moved",
        );
    }
    if record.certificate_thumbprint.is_some() || record.dpop_key_thumbprint.is_some() {
        hazard("are bound to a certificate or key: clients must go on to present it");
    }
    match (&record.refresh_token, record.is_refreshable()) {
        (Some(_), false) => hazard("have a refresh token that their grantType does not keep"),
        (Some(_), true) if !has_live_refresh_token(record, now) => {
            hazard("have an expired refresh token, which is left out");
        }
        _ => {}
    }
}
