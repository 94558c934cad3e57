//! What is allowed and yet deserves a look.

use std::fmt;

use authlete::Secret;

use super::exporter::{Share, damage};
use super::record::Record;
use super::times::has_live_refresh_token;
use super::tokens;
use crate::count::count;

/// What deserves a look, with the number of records and the first of them.
#[derive(Default)]
pub(crate) struct Hazards {
    found: Vec<(&'static str, u64, u64)>,
    access: Share,
    refresh: Share,
}

/// A column that may hold hashes.
pub(crate) struct Doubt {
    pub(crate) field: &'static str,
    pub(crate) share: Share,
}

impl Doubt {
    /// What to do about it.
    pub(crate) const ADVICE: &str = "If the old server keeps hashes of its tokens, these are not what clients present: the import \
                                     would succeed, and every user would be logged out. Compare one with what a client holds; if \
                                     they are equal, say --these-are-tokens";
}

impl fmt::Display for Doubt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, share: Share { values, hashes } } = self;
        let look = if *hashes == 1 { "looks like a hash" } else { "look like hashes" };
        write!(formatter, "in {field} {} of {values} {look}", count(*hashes, "value"))
    }
}

impl Hazards {
    pub(super) fn add(&mut self, what: &'static str, record: u64) {
        match self.found.iter_mut().find(|(known, ..)| *known == what) {
            Some((_, count, first)) => {
                *count += 1;
                *first = record.min(*first);
            }
            None => self.found.push((what, 1, record)),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, u64, u64)> {
        self.found.iter().copied()
    }

    /// The columns of which enough values look like hashes to ask what they are.
    pub(crate) fn doubtful(&self) -> impl Iterator<Item = Doubt> {
        let columns = [("accessToken", self.access), ("refreshToken", self.refresh)];
        let doubtful = columns.into_iter().filter(|(_, share)| share.is_doubtful());
        doubtful.map(|(field, share)| Doubt { field, share })
    }

    /// Looks at a record that keeps the rules.
    pub(super) fn look(&mut self, record: &Record, number: u64, now: i64) {
        for (share, token) in
            [(&mut self.access, &record.access_token), (&mut self.refresh, &record.refresh_token)]
        {
            token.iter().for_each(|token| share.add(token.expose()));
        }
        let mut hazard = |what| self.add(what, number);
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
        let values =
            || [&record.access_token, &record.refresh_token].into_iter().flatten().map(Secret::expose);
        if values().any(tokens::is_short) {
            hazard("have a token of fewer than 16 characters, which can be guessed");
        }
        if values().any(tokens::is_no_bearer) {
            hazard(
                "have a token with characters that cannot stand in an Authorization header (RFC 6750 section 2.1)",
            );
        }
        if values().any(tokens::is_jwt) {
            hazard(
                "have a token that is a JWT: who checks it by its signature goes on to believe the old issuer, whatever \
                 Authlete says of it",
            );
        }
        let is_word = |subject: &&str| {
            ["unknown", "none", "nul", "na", "0", "-1", "true", "false"]
                .iter()
                .any(|word| subject.eq_ignore_ascii_case(word))
        };
        let subject = record.subject.as_deref();
        if subject.filter(is_word).is_some() {
            hazard("have a subject that looks like a missing one");
        }
        let is_rounded_id = |id: i64| id >= SIXTEEN_DIGITS && is_rounded(&id.to_string());
        if subject.is_some_and(is_rounded) || record.client_id.is_some_and(is_rounded_id) {
            hazard("have a number of more than 15 digits that ends in zeros, as spreadsheets round one");
        }
        let mut properties = record.properties.iter().flatten();
        if properties.any(|extra| extra.0.texts().into_iter().any(|text| damage(text).is_some())) {
            hazard("have a property that looks as if an exporter had changed it");
        }
    }
}

/// The least number that a spreadsheet rounds.
const SIXTEEN_DIGITS: i64 = 1_000_000_000_000_000;

/// Whether a number has nothing behind its fifteenth digit.
fn is_rounded(text: &str) -> bool {
    text.len() > 15
        && text.bytes().all(|digit| digit.is_ascii_digit())
        && text.bytes().skip(15).all(|digit| digit == b'0')
}
