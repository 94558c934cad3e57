//! What the application knows of the user while a request waits.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use super::consent::Consent;
use crate::endpoint::demands::{CLOCK_SKEW, Login};

/// What the application knows of the user while a request waits. Nothing, until the setters say it.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct UserSession<'a> {
    pub(super) login: Option<Login<'a>>,
    pub(super) login_is_new: bool,
    pub(super) account: Option<&'a str>,
    pub(super) decision: Option<Decision<'a>>,
    pub(super) consents: &'a [Consent],
    pub(super) id_token_claims: Option<&'a str>,
}

/// How the pages of this request ended.
#[derive(Clone, Copy)]
pub(super) enum Decision<'a> {
    Allowed(&'a Consent),
    Denied,
    LoginFailed,
}

impl<'a> UserSession<'a> {
    /// A browser of which nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The user is logged in, since before this request.
    #[must_use]
    pub fn login(mut self, login: Login<'a>) -> Self {
        (self.login, self.login_is_new) = (Some(login), false);
        self
    }

    /// The user has logged in on the page that **this** request has shown. Its [`auth_time`](Login::auth_time) is required: a
    /// time before the request proves that the login is not new.
    #[must_use]
    pub fn new_login(mut self, login: Login<'a>) -> Self {
        (self.login, self.login_is_new) = (Some(login), true);
        self
    }

    /// The user has given up logging in, or has failed too often.
    #[must_use]
    pub fn login_failed(mut self) -> Self {
        self.decision = Some(Decision::LoginFailed);
        self
    }

    /// The account that the user has chosen on a page of this request, by the user's unique ID. If it is another one than that of
    /// the session, the user has to log in.
    #[must_use]
    pub fn account(mut self, subject: &'a str) -> Self {
        self.account = Some(subject);
        self
    }

    /// The user has allowed this on the consent page of this request.
    #[must_use]
    pub fn allowed(mut self, consent: &'a Consent) -> Self {
        self.decision = Some(Decision::Allowed(consent));
        self
    }

    /// The user has refused on a page of this request.
    #[must_use]
    pub fn denied(mut self) -> Self {
        self.decision = Some(Decision::Denied);
        self
    }

    /// What was allowed before, of any client and user.
    #[must_use]
    pub fn consents(mut self, consents: &'a [Consent]) -> Self {
        self.consents = consents;
        self
    }

    /// The user's claims for ID tokens, as the text of a JSON object. Only those that are requested there and consented to are
    /// issued, so all that are known may stand here.
    #[must_use]
    pub fn id_token_claims(mut self, claims: &'a str) -> Self {
        self.id_token_claims = Some(claims);
        self
    }

    /// Whether nothing is said of the login that cannot be, for a request that began then. Both times are in seconds.
    pub(super) fn is_possible(&self, began: u64, now: u64) -> bool {
        let Some(login) = self.login else { return !matches!(self.decision, Some(Decision::Allowed(_))) };
        let latest = now.saturating_add(CLOCK_SKEW);
        let earliest = if self.login_is_new { began.saturating_sub(CLOCK_SKEW) } else { 0 };
        let is_possible = match login.auth_time {
            Some(time) => u64::try_from(time).is_ok_and(|time| (earliest..=latest).contains(&time)),
            None => !self.login_is_new,
        };
        is_possible && !login.subject.is_empty() && (self.is_chosen(login.subject) || !self.login_is_new)
    }

    /// Whether the user has chosen no other account than this.
    pub(super) fn is_chosen(&self, subject: &str) -> bool {
        self.account.is_none_or(|account| account == subject)
    }
}

/// Seconds since the Unix epoch.
pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl fmt::Debug for UserSession<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UserSession")
            .field("login", &self.login)
            .field("login_is_new", &self.login_is_new)
            .finish_non_exhaustive()
    }
}
