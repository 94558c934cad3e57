//! What a client demands of the user's login, and whether it is met.

use std::time::{SystemTime, UNIX_EPOCH};

use super::form;
use crate::models::{AuthorizationFailRequestReason as Reason, AuthorizationResponse};

/// What the client demands of the user's login. **Authlete issues whatever it is told: nobody but the application checks
/// this**, with [`check`](Self::check) or [`check_new`](Self::check_new). The values of `prompt` are not among them: see
/// [`Interaction::must_authenticate`](super::Interaction::must_authenticate).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    /// The only user who may get the code: another one may be logged in.
    pub subject: Option<String>,
    /// The maximum time since the user authenticated, in seconds. See [`read_max_age`](Self::read_max_age) for 0.
    pub max_age: Option<u64>,
    /// Authentication contexts, best first.
    pub acrs: Vec<String>,
    /// Whether one of [`acrs`](Self::acrs) must be met. Otherwise they are a wish.
    pub acr_essential: bool,
}

/// What the application knows of a user who is logged in.
#[derive(Clone, Copy)]
pub struct Login<'a> {
    /// The user's unique ID.
    pub subject: &'a str,
    /// When the user authenticated, in seconds since the Unix epoch, as far as that is known.
    pub auth_time: Option<i64>,
    /// The authentication context that the login met.
    pub acr: Option<&'a str>,
}

impl std::fmt::Debug for Login<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Login").field("auth_time", &self.auth_time).finish_non_exhaustive()
    }
}

impl Demands {
    /// Takes the demands out of the answer.
    pub(super) fn take(answer: &mut AuthorizationResponse) -> Self {
        Self {
            subject: answer.subject.take(),
            // 0 is what Authlete says where the client says nothing.
            max_age: answer.max_age.take().and_then(|age| u64::try_from(age).ok()).filter(|age| *age > 0),
            acrs: answer.acrs.take().unwrap_or_default(),
            acr_essential: answer.acr_essential.take().unwrap_or_default(),
        }
    }

    /// Sets [`max_age`](Self::max_age) to 0 if the raw parameters of the request say `max_age=0`, which Authlete's answer
    /// does not tell from a request without `max_age`. They say nothing of a request object or a pushed request.
    #[must_use]
    pub fn read_max_age(mut self, parameters: &str) -> Self {
        let is_zero = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte == b'0');
        let says_so =
            parameters.split('&').filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
                form::decode(name).as_deref() == Some("max_age")
                    && form::decode(value).is_some_and(|value| is_zero(&value))
            });
        if says_so && self.max_age.is_none() {
            self.max_age = Some(0);
        }
        self
    }

    /// Whether a login that the session has is good enough, now. For one that was made for this request, see
    /// [`check_new`](Self::check_new).
    ///
    /// # Errors
    /// The reason for [`authorization_fail`](crate::funcs::authorization_fail) where no page may be shown. Elsewhere the user
    /// has to log in again.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use authlete::models::AuthorizationFailRequestReason as Reason;
    /// use authlete::respond::{Demands, Login};
    ///
    /// let demands = Demands { subject: Some("john".into()), max_age: Some(600), ..Demands::default() };
    /// let john = Login { subject: "john", auth_time: Some(1_000), acr: None };
    /// let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    /// assert_eq!(demands.check(Some(john), at(1_600)), Ok(()));
    /// assert_eq!(demands.check(Some(john), at(1_601)), Err(Reason::ExceedsMaxAge));
    /// assert_eq!(demands.check(Some(Login { subject: "jane", ..john }), at(1_600)), Err(Reason::DifferentSubject));
    /// assert_eq!(demands.check(None, at(1_600)), Err(Reason::NotLoggedIn));
    /// ```
    pub fn check(&self, login: Option<Login<'_>>, now: SystemTime) -> Result<(), Reason> {
        let login = login.ok_or(Reason::NotLoggedIn)?;
        self.check_max_age(login.auth_time, now)?;
        self.check_new(login)
    }

    /// Whether a login is good enough that the user has just made for this request. It meets any `max_age`, however long the
    /// user then takes to consent.
    ///
    /// # Errors
    /// `DIFFERENT_SUBJECT` or `ACR_NOT_SATISFIED`.
    pub fn check_new(&self, login: Login<'_>) -> Result<(), Reason> {
        self.check_subject(login.subject)?;
        self.check_acr(login.acr)
    }

    /// Whether this is the user demanded, if one is.
    ///
    /// # Errors
    /// `DIFFERENT_SUBJECT`.
    pub fn check_subject(&self, subject: &str) -> Result<(), Reason> {
        match &self.subject {
            Some(demanded) if demanded != subject => Err(Reason::DifferentSubject),
            _ => Ok(()),
        }
    }

    /// Whether the user authenticated recently enough, at this number of seconds since the Unix epoch.
    ///
    /// # Errors
    /// `EXCEEDS_MAX_AGE`, or `MAX_AGE_NOT_SUPPORTED` if an age is demanded and the time is not known.
    pub fn check_max_age(&self, auth_time: Option<i64>, now: SystemTime) -> Result<(), Reason> {
        let Some(max_age) = self.max_age else { return Ok(()) };
        let auth_time = auth_time.ok_or(Reason::MaxAgeNotSupported)?;
        let now = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        // A login from before the epoch is older than any other.
        let age = now.saturating_sub(u64::try_from(auth_time).unwrap_or(0));
        if age > max_age { Err(Reason::ExceedsMaxAge) } else { Ok(()) }
    }

    /// Whether the login met one of the authentication contexts, if one is essential.
    ///
    /// # Errors
    /// `ACR_NOT_SATISFIED`.
    pub fn check_acr(&self, acr: Option<&str>) -> Result<(), Reason> {
        let met = |acr| self.acrs.iter().any(|wanted| wanted == acr);
        if self.acr_essential && !self.acrs.is_empty() && !acr.is_some_and(met) {
            return Err(Reason::AcrNotSatisfied);
        }
        Ok(())
    }
}
