//! What a client demands of the user's login, and whether it is met.

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

use super::form;
use crate::json::members;
use crate::models::{AuthorizationFailRequestReason as Reason, AuthorizationResponse};

/// By how many seconds the clock that took a login's time may be ahead.
pub(super) const CLOCK_SKEW: u64 = 60;

/// What the client demands of the user's login. **Authlete issues whatever it is told: nobody but the application checks
/// this**, with [`check`](Self::check) or [`check_new`](Self::check_new). The values of `prompt` are not among them: see
/// [`Interaction::must_authenticate`](super::authorization::Interaction::must_authenticate).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Demands {
    /// The only user who may get the code: another one may be logged in.
    pub subject: Option<String>,
    /// The maximum time since the user authenticated, in seconds. 0 demands a new login, as `prompt=login` does (OpenID
    /// Connect Core 1.0 section 3.1.2.1).
    pub max_age: Option<u64>,
    /// Authentication contexts, best first.
    pub acrs: Vec<String>,
    /// Whether one of [`acrs`](Self::acrs) must be met. Otherwise they are a wish.
    pub acr_essential: bool,
}

/// What the application knows of a user who is logged in.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Login<'a> {
    /// The user's unique ID.
    pub subject: &'a str,
    /// When the user authenticated, in seconds since the Unix epoch, as far as that is known.
    pub auth_time: Option<i64>,
    /// The authentication context that the login met.
    pub acr: Option<&'a str>,
}

impl<'a> Login<'a> {
    /// A login of this user of which nothing else is known.
    #[must_use]
    pub fn new(subject: &'a str) -> Self {
        Self { subject, auth_time: None, acr: None }
    }

    /// Sets [`auth_time`](#structfield.auth_time): **seconds** since the Unix epoch.
    #[must_use]
    pub fn auth_time(mut self, seconds: i64) -> Self {
        self.auth_time = Some(seconds);
        self
    }

    /// Sets [`acr`](#structfield.acr).
    #[must_use]
    pub fn acr(mut self, acr: &'a str) -> Self {
        self.acr = Some(acr);
        self
    }
}

impl std::fmt::Debug for Login<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Login").field("auth_time", &self.auth_time).finish_non_exhaustive()
    }
}

impl Demands {
    /// The demands of a request, as Authlete's answer tells them.
    ///
    /// Authlete says 0 where the client says nothing of an age. A `max_age` of 0 in a request object counts, because the answer has
    /// its payload. Otherwise the client's `default_max_age` counts. One in plain parameters is told by nothing in the answer: [`authorization::request`] makes it
    /// `prompt=login`.
    ///
    /// [`authorization::request`]: super::authorization::request
    #[must_use]
    pub fn of(answer: &AuthorizationResponse) -> Self {
        let payload = answer.request_object_payload.as_ref().map(|payload| payload.expose());
        let max_age = match answer.max_age {
            None | Some(0) if payload.is_some_and(demands_no_age) => Some(0),
            None | Some(0) => default_max_age(answer),
            // There is no such age: no earlier login meets it.
            Some(age) => Some(u64::try_from(age).unwrap_or(0)),
        };
        Self {
            subject: answer.subject.clone().or_else(|| subject_of_claims(answer)),
            max_age,
            acrs: answer.acrs.clone().unwrap_or_default(),
            acr_essential: answer.acr_essential.unwrap_or_default(),
        }
    }

    /// Whether a login that the session has is good enough, now. For one that was made for this request, see
    /// [`check_new`](Self::check_new).
    ///
    /// # Errors
    /// The reason for [`authorization_fail`](crate::funcs::authorization_fail) where no page may be shown. Elsewhere the user
    /// has to log in again.
    ///
    /// ```
    /// use authlete::endpoint::authorization::{Demands, Login};
    /// use authlete::models::AuthorizationFailRequestReason as Reason;
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let mut demands = Demands::default();
    /// demands.subject = Some("john".into());
    /// demands.max_age = Some(600);
    /// let john = Login::new("john").auth_time(1_000);
    /// let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    /// assert_eq!(demands.check(Some(john), at(1_600)), Ok(()));
    /// assert_eq!(demands.check(Some(john), at(1_601)), Err(Reason::ExceedsMaxAge));
    /// // Milliseconds are a time that has not come yet.
    /// assert_eq!(
    ///     demands.check(Some(john.auth_time(1_000_000)), at(1_600)),
    ///     Err(Reason::ExceedsMaxAge)
    /// );
    /// assert_eq!(
    ///     demands.check(Some(Login::new("jane").auth_time(1_000)), at(1_600)),
    ///     Err(Reason::DifferentSubject)
    /// );
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

    /// Whether the user authenticated recently enough, at this number of seconds since the Unix epoch. A time more than a
    /// minute ahead of `now` cannot be true and meets no age.
    ///
    /// # Errors
    /// `EXCEEDS_MAX_AGE`, or `MAX_AGE_NOT_SUPPORTED` if an age is demanded and the time is not known.
    pub fn check_max_age(&self, auth_time: Option<i64>, now: SystemTime) -> Result<(), Reason> {
        let Some(max_age) = self.max_age else { return Ok(()) };
        if max_age == 0 {
            return Err(Reason::ExceedsMaxAge);
        }
        let auth_time = auth_time.ok_or(Reason::MaxAgeNotSupported)?;
        let now = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        // A login from before the epoch is older than any other.
        let auth_time = u64::try_from(auth_time).unwrap_or(0);
        let is_possible = auth_time <= now.saturating_add(CLOCK_SKEW);
        if is_possible && now.saturating_sub(auth_time) <= max_age {
            Ok(())
        } else {
            Err(Reason::ExceedsMaxAge)
        }
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

/// The `max_age` of the client's requests that have none.
fn default_max_age(answer: &AuthorizationResponse) -> Option<u64> {
    let age = answer.client.as_ref()?.default_max_age?;
    u64::try_from(age).ok().filter(|age| *age > 0)
}

/// The value demanded of `sub` in the parameter `claims` (OpenID Connect Core 1.0 section 5.5.1).
fn subject_of_claims(answer: &AuthorizationResponse) -> Option<String> {
    let subject = |claims: &Option<String>| {
        let claims = members(claims.as_deref()?)?;
        let sub = members(claims.iter().find(|claim| claim.name == "sub")?.value)?;
        serde_json::from_str(sub.iter().find(|member| member.name == "value")?.value).ok()
    };
    subject(&answer.id_token_claims).or_else(|| subject(&answer.user_info_claims))
}

/// Whether a request object has `max_age` 0, as a number or as text.
fn demands_no_age(payload: &str) -> bool {
    let Some(members) = members(payload) else { return false };
    members.iter().any(|member| {
        let value = member.value.trim_matches('"');
        member.name == "max_age" && value.parse::<f64>().is_ok_and(|age| age <= 0.0)
    })
}

/// Raw parameters in which `max_age=0` is `prompt=login`, which is the same (OpenID Connect Core 1.0 with errata set 2, section
/// 3.1.2.1). Authlete's answer does not tell `max_age=0` from a request without `max_age`, but it tells `prompt`.
///
/// [`request`](super::authorization::request) and that of [`pushed_authorization`](super::pushed_authorization) do so. With
/// `prompt=none` the two contradict each other, and Authlete answers with an error.
///
/// ```
/// use authlete::endpoint::authorization::with_login_for_max_age_0;
///
/// assert_eq!(
///     with_login_for_max_age_0("client_id=1&max_age=0"),
///     "client_id=1&max_age=0&prompt=login"
/// );
/// assert_eq!(
///     with_login_for_max_age_0("prompt=consent&max_age=0"),
///     "prompt=consent+login&max_age=0"
/// );
/// assert_eq!(with_login_for_max_age_0("max_age=10"), "max_age=10");
/// ```
#[must_use]
pub fn with_login_for_max_age_0(parameters: &str) -> Cow<'_, str> {
    let is_zero = |value: String| {
        let digits = value.trim().trim_start_matches(['+', '-']);
        !digits.is_empty() && digits.bytes().all(|byte| byte == b'0')
    };
    if !form::value(parameters, "max_age").is_some_and(is_zero) {
        return parameters.into();
    }
    let mut text = String::with_capacity(parameters.len() + "&prompt=login".len());
    let mut has_prompt = false;
    for (index, parameter) in parameters.split('&').enumerate() {
        if index > 0 {
            text.push('&');
        }
        text.push_str(parameter);
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if form::is_named(name, "prompt") {
            has_prompt = true;
            let prompt = form::decode(value).unwrap_or_default();
            if !prompt.split(' ').any(|prompt| prompt == "login") {
                text.push_str(match (parameter.contains('='), prompt.is_empty()) {
                    (false, _) => "=login",
                    (true, true) => "login",
                    (true, false) => "+login",
                });
            }
        }
    }
    if !has_prompt {
        text.push_str("&prompt=login");
    }
    text.into()
}
