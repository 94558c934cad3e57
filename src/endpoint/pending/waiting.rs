//! An authorization request that waits for its user.

use std::fmt;
use std::time::SystemTime;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::consent::Consent;
use super::sealed;
use super::session::seconds;
use crate::endpoint::demands::Demands;
use crate::models::{
    AuthorizationDetailsElement, AuthorizationResponse, AuthorizationResponseAction,
    ClientLimitedAuthorization, DynamicScope, Prompt, Scope, Secret,
};

const KIND: &str = "authorization";

/// An authorization request that waits for its user, and what comes next for it: [`next`](Self::next).
///
/// [`Interaction::into_pending`](crate::endpoint::authorization::Interaction::into_pending) and
/// [`NoInteraction::into_pending`](crate::endpoint::authorization::NoInteraction::into_pending) make it.
///
/// Between two pages, keep it in the user's session: its serialised form is one string. **It holds the ticket**, so the session
/// must be on the server or encrypted. Text of another version is an error, and so is damaged text. The text has a checksum and no
/// signature.
#[derive(Clone, PartialEq)]
pub struct Pending {
    pub(super) ticket: Secret,
    /// When the request arrived, in seconds since the Unix epoch.
    pub(super) began: u64,
    /// The user in the `id_token_hint`.
    pub(super) hinted: Option<String>,
    pub(super) answer: AuthorizationResponse,
}

impl Pending {
    pub(in crate::endpoint) fn new(ticket: Secret, answer: AuthorizationResponse, now: SystemTime) -> Self {
        Self { ticket, began: seconds(now), hinted: None, answer }
    }

    /// Demands the user of the `id_token_hint`, by the unique ID at the service (OpenID Connect Core 1.0 section 3.1.2.1).
    /// Authlete's answer does not have the hint. Check the hint before.
    #[must_use]
    pub fn hinted_subject(mut self, subject: impl Into<String>) -> Self {
        self.hinted = Some(subject.into());
        self
    }

    /// Authlete's answer, whole. Only the ticket has been moved out of it.
    #[must_use]
    pub fn answer(&self) -> &AuthorizationResponse {
        &self.answer
    }

    /// The client: its names, logo and URIs.
    #[must_use]
    pub fn client(&self) -> Option<&ClientLimitedAuthorization> {
        self.answer.client.as_ref()
    }

    /// The scopes requested, with their descriptions.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        self.answer.scopes.as_deref().unwrap_or_default()
    }

    /// The scopes requested that match a pattern. They are not in [`scopes`](Self::scopes).
    #[must_use]
    pub fn dynamic_scopes(&self) -> &[DynamicScope] {
        self.answer.dynamic_scopes.as_deref().unwrap_or_default()
    }

    /// The authorization details requested (RFC 9396).
    #[must_use]
    pub fn authorization_details(&self) -> &[AuthorizationDetailsElement] {
        let details = self.answer.authorization_details.as_ref();
        details.and_then(|details| details.elements.as_deref()).unwrap_or_default()
    }

    /// The names of the claims requested for the ID token.
    #[must_use]
    pub fn claims(&self) -> &[String] {
        self.answer.claims.as_deref().unwrap_or_default()
    }

    /// The names of the claims requested for UserInfo responses.
    #[must_use]
    pub fn user_info_claims(&self) -> &[String] {
        self.answer.claims_at_user_info.as_deref().unwrap_or_default()
    }

    /// The member `id_token` of the parameter `claims`, as the text of a JSON object (OpenID Connect Core 1.0 section 5.5).
    #[must_use]
    pub fn id_token_claims(&self) -> Option<&str> {
        self.answer.id_token_claims.as_deref()
    }

    /// Why the client wants the user's data.
    #[must_use]
    pub fn purpose(&self) -> Option<&str> {
        self.answer.purpose.as_deref()
    }

    /// Who may want to log in, to fill in the form. It demands nothing.
    #[must_use]
    pub fn login_hint(&self) -> Option<&str> {
        self.answer.login_hint.as_deref()
    }

    /// The values of `prompt`. With `create`, the login page offers to create an account.
    #[must_use]
    pub fn prompts(&self) -> &[Prompt] {
        self.answer.prompts.as_deref().unwrap_or_default()
    }

    /// Whether a page may be shown. None may with `prompt=none`.
    #[must_use]
    pub fn may_show_pages(&self) -> bool {
        self.answer.action == Some(AuthorizationResponseAction::Interaction)
            && !self.prompts().contains(&Prompt::None)
    }

    /// What the user's login must be like, the user of the `id_token_hint` included.
    #[must_use]
    pub fn demands(&self) -> Demands {
        let mut demands = Demands::of(&self.answer);
        if demands.subject.is_none() {
            demands.subject.clone_from(&self.hinted);
        }
        demands
    }

    /// A consent of this user to all that is requested.
    #[must_use]
    pub fn consent(&self, subject: &str) -> Consent {
        Consent::to_all(&self.answer, self.client_id(), subject)
    }

    fn client_id(&self) -> Option<i64> {
        self.client().and_then(|client| client.client_id)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pending")
            .field("client_id", &self.client_id())
            .field("prompts", &self.answer.prompts)
            .finish_non_exhaustive()
    }
}

impl Serialize for Pending {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sealed::write(KIND, &(&self.ticket, self.began, &self.hinted, &self.answer), serializer)
    }
}

impl<'de> Deserialize<'de> for Pending {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (ticket, began, hinted, answer): (Secret, _, _, AuthorizationResponse) =
            sealed::read(KIND, deserializer)?;
        let waits = matches!(
            answer.action,
            Some(AuthorizationResponseAction::Interaction | AuthorizationResponseAction::NoInteraction)
        );
        if !waits || ticket.expose().is_empty() {
            return Err(D::Error::custom("the text is of no request that waits"));
        }
        Ok(Self { ticket, began, hinted, answer })
    }
}
