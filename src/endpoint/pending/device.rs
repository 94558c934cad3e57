//! The page of the device flow (RFC 8628 section 3.3).

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::consent::{Consent, both, only};
use super::sealed;
use super::session::{Decision, UserSession, seconds};
use crate::models::{
    DeviceCompleteRequest, DeviceCompleteRequestResult as DeviceResult, DeviceVerificationResponse, Secret,
};

const KIND: &str = "device";

/// A device's request that waits for its user, and what comes next for it: [`next`](Self::next).
///
/// Its serialised form is one string. It holds the user code, so the session must be on the server or encrypted.
#[derive(Clone, PartialEq)]
pub struct PendingDevice {
    user_code: Secret,
    began: u64,
    answer: DeviceVerificationResponse,
}

/// What comes next for a [`PendingDevice`]. Not `non_exhaustive`: handle every step.
#[derive(Clone, PartialEq)]
#[must_use]
#[allow(clippy::large_enum_variant, reason = "a box would be an allocation, and the value is not kept")]
pub enum DeviceStep {
    /// Show the login page.
    Login,
    /// Name the client and what it asks for, and let the user compare the code with that on the device (RFC 8628 section 5.4).
    Confirm,
    /// Pass this to [`handle_complete`](crate::endpoint::device_verification::handle_complete).
    Complete(DeviceCompleteRequest),
    /// The code has expired. Ask the user to start again on the device.
    Expired,
}

impl PendingDevice {
    /// A request that was found by this user code, now.
    #[must_use]
    pub fn new(user_code: impl Into<Secret>, answer: DeviceVerificationResponse, now: SystemTime) -> Self {
        Self { user_code: user_code.into(), began: seconds(now), answer }
    }

    /// What the page shows: Authlete's answer.
    #[must_use]
    pub fn answer(&self) -> &DeviceVerificationResponse {
        &self.answer
    }

    /// A consent of this user to all that is requested. The authorization details cannot be narrowed in this flow.
    #[must_use]
    pub fn consent(&self, subject: &str) -> Consent {
        let answer = &self.answer;
        consent_of!(answer, subject)
    }

    /// What comes next. The page is shown for every request: earlier consents do not count, because the user may have been
    /// led to type somebody else's code (RFC 8628 section 5.4). A session that contradicts the request or itself ends it with
    /// `TRANSACTION_FAILED`.
    pub fn next(&self, session: &UserSession<'_>, now: SystemTime) -> DeviceStep {
        let end = |result| DeviceStep::Complete(DeviceCompleteRequest::new(self.user_code.clone(), result));
        let now = seconds(now);
        let expires_at = self.answer.expires_at.map(|time| u64::try_from(time / 1_000).unwrap_or(0));
        if expires_at.is_some_and(|time| time <= now) {
            return DeviceStep::Expired;
        }
        match session.decision {
            Some(Decision::Denied) => return end(DeviceResult::AccessDenied),
            Some(Decision::LoginFailed) => return end(DeviceResult::TransactionFailed),
            Some(Decision::Allowed(_)) | None => {}
        }
        if !session.is_possible(self.began, now) {
            return end(DeviceResult::TransactionFailed);
        }
        let Some(login) = session.login.filter(|login| session.is_chosen(login.subject)) else {
            return DeviceStep::Login;
        };
        let Some(Decision::Allowed(consent)) = session.decision else { return DeviceStep::Confirm };
        let asked = self.consent(login.subject);
        let claims =
            session.id_token_claims.map(|claims| only(claims, &both(&asked.claims, &consent.claims)));
        if !consent.answers_whole(&asked) || claims == Some(None) {
            return end(DeviceResult::TransactionFailed);
        }
        let mut request = DeviceCompleteRequest::new(self.user_code.clone(), DeviceResult::Authorized);
        allow!(request, login, asked, consent, claims.flatten());
        request.subject = Some(login.subject.to_owned());
        DeviceStep::Complete(request)
    }
}

impl fmt::Debug for PendingDevice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PendingDevice")
            .field("client_id", &self.answer.client_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for DeviceStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Login => formatter.write_str("Login"),
            Self::Confirm => formatter.write_str("Confirm"),
            Self::Complete(request) => formatter.debug_tuple("Complete").field(&request.result).finish(),
            Self::Expired => formatter.write_str("Expired"),
        }
    }
}

impl Serialize for PendingDevice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sealed::write(KIND, &(&self.user_code, self.began, &self.answer), serializer)
    }
}

impl<'de> Deserialize<'de> for PendingDevice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (user_code, began, answer) = sealed::read(KIND, deserializer)?;
        Ok(Self { user_code, began, answer })
    }
}
