//! The decision on an authentication device (OpenID Connect CIBA 1.0).

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::consent::{Consent, both, only};
use super::sealed;
use super::session::{Decision, UserSession, seconds};
use crate::models::{
    BackchannelAuthenticationCompleteRequest, BackchannelAuthenticationCompleteRequestResult as Outcome,
    BackchannelAuthenticationFailRequest, BackchannelAuthenticationFailRequestReason as FailReason,
    BackchannelAuthenticationIssueRequest, BackchannelAuthenticationResponse, Secret,
};

const KIND: &str = "backchannel";

/// A backchannel authentication request whose user is known, and what comes next for it: [`next`](Self::next).
///
/// [`UserIdentification::into_pending`](crate::endpoint::backchannel_authentication::UserIdentification::into_pending) makes it.
/// Its serialised form is one string. It holds the ticket: keep it on the server.
#[derive(Clone, PartialEq)]
pub struct PendingBackchannel {
    ticket: Secret,
    subject: String,
    began: u64,
    expires_at: Option<u64>,
    answer: BackchannelAuthenticationResponse,
}

/// What comes next for a [`PendingBackchannel`]. Not `non_exhaustive`: handle every step.
#[derive(Clone, PartialEq)]
#[must_use]
#[allow(clippy::large_enum_variant, reason = "a box would be an allocation, and the value is not kept")]
pub enum BackchannelStep {
    /// Let the user log in and decide on the authentication device.
    Ask,
    /// Pass this to [`handle_complete`](crate::endpoint::backchannel_authentication::handle_complete).
    Complete(BackchannelAuthenticationCompleteRequest),
}

impl PendingBackchannel {
    /// The request of an identified user, or why it is refused.
    pub(in crate::endpoint) fn new(
        ticket: Secret,
        subject: Option<&str>,
        has_user_code: Option<bool>,
        answer: BackchannelAuthenticationResponse,
        now: SystemTime,
    ) -> Result<Self, BackchannelAuthenticationFailRequest> {
        let is_hinted = |subject: &&str| {
            !subject.is_empty() && answer.sub.as_ref().is_none_or(|hinted| hinted == subject)
        };
        let reason = match (subject.filter(is_hinted), has_user_code) {
            (None, _) => FailReason::UnknownUserId,
            (Some(_), None) if answer.user_code_required == Some(true) => FailReason::MissingUserCode,
            (Some(_), Some(false)) => FailReason::InvalidUserCode,
            (Some(subject), _) => {
                let subject = subject.to_owned();
                return Ok(Self { ticket, subject, began: seconds(now), expires_at: None, answer });
            }
        };
        Err(BackchannelAuthenticationFailRequest::new(ticket, reason))
    }

    /// Sets when the `auth_req_id` expires. After that, nothing is allowed any more.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(seconds(time));
        self
    }

    /// What the device shows, such as the binding message: Authlete's answer.
    #[must_use]
    pub fn answer(&self) -> &BackchannelAuthenticationResponse {
        &self.answer
    }

    /// The user whom the hint identified.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What [`handle_issue`](crate::endpoint::backchannel_authentication::handle_issue) takes, before the user is asked.
    #[must_use]
    pub fn issue(&self) -> BackchannelAuthenticationIssueRequest {
        BackchannelAuthenticationIssueRequest::new(self.ticket.clone())
    }

    /// The user's consent to all that is requested. The authorization details cannot be narrowed in this flow.
    #[must_use]
    pub fn consent(&self) -> Consent {
        let (answer, subject) = (&self.answer, &self.subject);
        consent_of!(answer, subject)
    }

    /// What comes next. Earlier consents do not count: the user did not start the request. A login as another user than the one
    /// hinted at ends it with `TRANSACTION_FAILED`, and so does a session that contradicts the request or itself.
    pub fn next(&self, session: &UserSession<'_>, now: SystemTime) -> BackchannelStep {
        let complete = |outcome| {
            BackchannelAuthenticationCompleteRequest::new(self.ticket.clone(), outcome, self.subject.clone())
        };
        let end = |outcome| BackchannelStep::Complete(complete(outcome));
        let now = seconds(now);
        let is_other = session.login.is_some_and(|login| login.subject != self.subject);
        if is_other
            || self.expires_at.is_some_and(|time| time <= now)
            || !session.is_possible(self.began, now)
        {
            return end(Outcome::TransactionFailed);
        }
        let consent = match session.decision {
            Some(Decision::Denied) => return end(Outcome::AccessDenied),
            Some(Decision::LoginFailed) => return end(Outcome::TransactionFailed),
            Some(Decision::Allowed(consent)) => consent,
            None => return BackchannelStep::Ask,
        };
        let Some(login) = session.login.filter(|login| session.is_chosen(login.subject)) else {
            return end(Outcome::TransactionFailed);
        };
        let asked = self.consent();
        let claims =
            session.id_token_claims.map(|claims| only(claims, &both(&asked.claims, &consent.claims)));
        if !consent.answers_whole(&asked) || claims == Some(None) {
            return end(Outcome::TransactionFailed);
        }
        let mut request = complete(Outcome::Authorized);
        allow!(request, login, asked, consent, claims.flatten());
        BackchannelStep::Complete(request)
    }
}

impl fmt::Debug for PendingBackchannel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("PendingBackchannel");
        debug.field("client_id", &self.answer.client_id).finish_non_exhaustive()
    }
}

impl fmt::Debug for BackchannelStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ask => formatter.write_str("Ask"),
            Self::Complete(request) => formatter.debug_tuple("Complete").field(&request.result).finish(),
        }
    }
}

impl Serialize for PendingBackchannel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = (&self.ticket, &self.subject, self.began, self.expires_at, &self.answer);
        sealed::write(KIND, &body, serializer)
    }
}

impl<'de> Deserialize<'de> for PendingBackchannel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (ticket, subject, began, expires_at, answer) = sealed::read(KIND, deserializer)?;
        Ok(Self { ticket, subject, began, expires_at, answer })
    }
}
