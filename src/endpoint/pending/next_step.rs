//! The rules of OpenID Connect Core 1.0 sections 3.1.2.1 to 3.1.2.6.

use std::fmt;
use std::time::SystemTime;

use super::consent::{Consent, both, only};
use super::session::{Decision, UserSession, seconds};
use super::waiting::Pending;
use crate::endpoint::demands::Login;
use crate::models::{
    AuthorizationFailRequest, AuthorizationFailRequestReason as Reason, AuthorizationIssueRequest,
    AuthzDetails, Prompt,
};

/// What comes next for a [`Pending`]. Not `non_exhaustive`: handle every step.
#[derive(Clone, PartialEq)]
#[must_use]
#[allow(clippy::large_enum_variant, reason = "a box would be an allocation, and the value is not kept")]
pub enum NextStep {
    /// Show the login page. Afterwards, tell [`UserSession::new_login`] or [`UserSession::login_failed`].
    Login,
    /// Let the user choose an account. Afterwards, tell [`UserSession::account`].
    SelectAccount,
    /// Show the consent page. Afterwards, tell [`UserSession::allowed`] or [`UserSession::denied`].
    Consent,
    /// Everything demanded is met: pass this to [`handle_issue`](crate::endpoint::authorization::handle_issue).
    Issue(AuthorizationIssueRequest),
    /// Pass this to [`handle_fail`](crate::endpoint::authorization::handle_fail).
    Fail(AuthorizationFailRequest),
}

impl fmt::Debug for NextStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Login => formatter.write_str("Login"),
            Self::SelectAccount => formatter.write_str("SelectAccount"),
            Self::Consent => formatter.write_str("Consent"),
            Self::Issue(_) => formatter.write_str("Issue"),
            Self::Fail(request) => formatter.debug_tuple("Fail").field(&request.reason).finish(),
        }
    }
}

impl Pending {
    /// What comes next, from what is known of the user.
    ///
    /// | step | if |
    /// |---|---|
    /// | [`Fail`](NextStep::Fail) | the user has refused or could not log in; a new login is another user's than the one demanded, or lacks an essential `acr`; the session contradicts the request or itself (`SERVER_ERROR`); a page is needed and none may be shown |
    /// | [`SelectAccount`](NextStep::SelectAccount) | `prompt=select_account`, and no account has been chosen |
    /// | [`Login`](NextStep::Login) | nobody is logged in; `prompt=login` or `prompt=create`, and the login is not new; the login is too old, another user's or without an essential `acr` |
    /// | [`Consent`](NextStep::Consent) | neither this request's page nor, without `prompt=consent`, an earlier one has allowed all this |
    /// | [`Issue`](NextStep::Issue) | otherwise |
    ///
    /// Contradictions are: a page's outcome where no page may be shown; a time of login in the future, or before the
    /// request if the login is said to be new; a consent of another user or client, or to more than is requested; a login as another
    /// user than the one chosen; an empty subject; claims that are no JSON object.
    pub fn next(&self, session: &UserSession<'_>, now: SystemTime) -> NextStep {
        self.decide(session, now).unwrap_or_else(|reason| {
            NextStep::Fail(AuthorizationFailRequest::new(self.ticket.clone(), reason))
        })
    }

    fn decide(&self, session: &UserSession<'_>, now: SystemTime) -> Result<NextStep, Reason> {
        match session.decision {
            Some(Decision::Denied) => return Err(Reason::Denied),
            Some(Decision::LoginFailed) => return Err(Reason::NotAuthenticated),
            Some(Decision::Allowed(_)) | None => {}
        }
        self.check_consistency(session, now)?;
        if self.prompts().iter().any(|prompt| matches!(prompt, Prompt::Unrecognized(_))) {
            return Err(Reason::InteractionRequired);
        }
        if self.asks(&Prompt::SelectAccount) && session.account.is_none() {
            return self.show(NextStep::SelectAccount, Reason::AccountSelectionRequired);
        }
        let login = match self.check_login(session, now) {
            Ok(login) => login,
            // A new login that will not do is final.
            Err(reason) if session.login_is_new => return Err(reason),
            Err(reason) => return self.show(NextStep::Login, reason),
        };
        let asked = self.consent(login.subject);
        let consent = match session.decision {
            Some(Decision::Allowed(consent)) if consent.answers(&asked) => Some(consent),
            Some(_) => return Err(Reason::ServerError),
            None if self.asks(&Prompt::Consent) || asked.client() == 0 => None,
            None => session.consents.iter().find(|consent| asked.is_within(consent)),
        };
        match consent {
            Some(consent) => self.issue(login, &asked, consent, session.id_token_claims),
            None => self.show(NextStep::Consent, Reason::ConsentRequired),
        }
    }

    fn asks(&self, prompt: &Prompt) -> bool {
        self.prompts().contains(prompt)
    }

    /// A page, or the reason why none can do without it.
    fn show(&self, page: NextStep, reason: Reason) -> Result<NextStep, Reason> {
        if self.may_show_pages() { Ok(page) } else { Err(reason) }
    }

    /// That nothing is said which cannot be.
    fn check_consistency(&self, session: &UserSession<'_>, now: SystemTime) -> Result<(), Reason> {
        let has_seen_page = session.login_is_new || session.account.is_some() || session.decision.is_some();
        if has_seen_page && !self.may_show_pages() {
            return Err(Reason::ServerError);
        }
        if let (Some(hinted), Some(subject)) = (&self.hinted, &self.demands().subject)
            && hinted != subject
        {
            return Err(Reason::DifferentSubject);
        }
        if let Some(account) = session.account {
            self.demands().check_subject(account)?;
        }
        if session.is_possible(self.began, seconds(now)) { Ok(()) } else { Err(Reason::ServerError) }
    }

    /// The login, if it will do.
    fn check_login<'a>(&self, session: &UserSession<'a>, now: SystemTime) -> Result<Login<'a>, Reason> {
        let login = session.login.ok_or(Reason::NotLoggedIn)?;
        if session.login_is_new {
            self.demands().check_new(login)?;
            return Ok(login);
        }
        if self.asks(&Prompt::Login) || self.asks(&Prompt::Create) {
            return Err(Reason::NotAuthenticated);
        }
        self.demands().check(Some(login), now)?;
        if !session.is_chosen(login.subject) {
            return Err(Reason::DifferentSubject);
        }
        let needs_time = self.client().and_then(|client| client.auth_time_required).unwrap_or_default();
        if needs_time && login.auth_time.is_none() {
            return Err(Reason::MaxAgeNotSupported);
        }
        Ok(login)
    }

    fn issue(
        &self,
        login: Login<'_>,
        asked: &Consent,
        consent: &Consent,
        claims: Option<&str>,
    ) -> Result<NextStep, Reason> {
        let mut request = AuthorizationIssueRequest::new(self.ticket.clone(), login.subject);
        let in_id_token = both(self.claims(), &consent.claims);
        let claims =
            claims.map(|claims| only(claims, &in_id_token).ok_or(Reason::ServerError)).transpose()?;
        allow!(request, login, asked, consent, claims);
        if self.answer.authorization_details.is_some() {
            let details = both(&asked.details, &consent.details);
            request.authorization_details = Some(AuthzDetails::new().elements(details));
        }
        Ok(NextStep::Issue(request))
    }
}
