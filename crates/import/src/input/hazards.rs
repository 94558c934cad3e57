//! What is allowed and yet deserves a look.

use authlete::Secret;

use super::record::Record;
use super::times::has_live_refresh_token;
use super::tokens;

/// What deserves a look, with the number of records and the first of them.
#[derive(Default)]
pub(crate) struct Hazards {
    found: Vec<(&'static str, u64, u64)>,
    access: Column,
    refresh: Column,
}

/// How many tokens a column holds, and how many of them look like hashes.
#[derive(Default)]
struct Column {
    tokens: u64,
    hashes: u64,
}

impl Column {
    fn look(&mut self, token: Option<&Secret>) {
        if let Some(token) = token {
            self.tokens += 1;
            // One that does not is enough to tell.
            self.hashes +=
                u64::from(self.hashes + 1 == self.tokens && tokens::is_like_a_hash(token.expose()));
        }
    }

    fn is_hashes(&self) -> bool {
        self.tokens > 0 && self.hashes == self.tokens
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

    /// What must not be passed over.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = String> {
        let columns = [("accessToken", &self.access), ("refreshToken", &self.refresh)];
        columns.into_iter().filter(|(_, column)| column.is_hashes()).map(|(field, column)| {
            format!(
                "WARNING: all {} values of {field} look like hashes. If the old server keeps hashes of its tokens, these are \
                 not what clients present: the import would succeed, and every user would be logged out. Compare one with \
                 what a client holds before you go on.",
                column.tokens
            )
        })
    }

    /// Looks at a record that keeps the rules.
    pub(super) fn look(&mut self, record: &Record, number: u64, now: i64) {
        self.access.look(record.access_token.as_ref());
        self.refresh.look(record.refresh_token.as_ref());
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
            ["null", "nul", "undefined", "none", "nan", "nat", "nil", "[object object]", "unknown", "0"]
                .iter()
                .any(|word| subject.eq_ignore_ascii_case(word))
        };
        if record.subject.as_deref().filter(is_word).is_some() {
            hazard("have a subject that looks like a missing one");
        }
    }
}
