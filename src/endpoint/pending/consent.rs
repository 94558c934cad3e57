//! What a user allows a client.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::sealed;
use crate::json::members;
use crate::models::{AuthorizationDetailsElement, AuthorizationResponse, AuthzDetails, DynamicScope, Scope};

const KIND: &str = "consent";

/// All that a request of the device flow or of CIBA asks for.
macro_rules! consent_of {
    ($answer:ident, $subject:ident) => {
        Consent::whole(
            $answer.client_id,
            $subject,
            &$answer.scopes,
            &$answer.dynamic_scopes,
            $answer.claim_names.clone().unwrap_or_default(),
            &$answer.authorization_details,
            $answer.resources.clone().unwrap_or_default(),
        )
    };
}

/// Puts what was consented to, and the login, into the request that ends it.
macro_rules! allow {
    ($request:ident, $login:ident, $asked:ident, $consent:ident, $claims:expr) => {
        $request.auth_time = $login.auth_time;
        $request.acr = $login.acr.map(str::to_owned);
        $request.scopes = Some(both(&$asked.scopes, &$consent.scopes));
        $request.consented_claims = Some(both(&$asked.claims, &$consent.claims));
        $request.claims = $claims;
    };
}

/// What one user allows one client. [`Pending::consent`](super::waiting::Pending::consent) makes it; take out of the lists what the
/// user does not allow.
///
/// Keep it after an issue, and give it to [`UserSession::consents`](super::session::UserSession::consents) next time. A later request needs
/// no page if a single consent has all it asks for: the scopes, claims and authorization details, and the same purpose,
/// resources, values of claims, credentials and grant. Its serialised form is one string, for a store that the user
/// cannot write to.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Consent {
    client: i64,
    subject: String,
    /// The names of the scopes. A dynamic scope stands as it was requested.
    pub scopes: Vec<String>,
    /// The names of the claims, in ID tokens and UserInfo responses.
    pub claims: Vec<String>,
    /// The authorization details (RFC 9396).
    pub details: Vec<AuthorizationDetailsElement>,
    /// What can only be allowed whole.
    rest: Vec<String>,
}

impl Consent {
    /// All that a request asks for.
    pub(super) fn whole(
        client: Option<i64>,
        subject: &str,
        scopes: &Option<Vec<Scope>>,
        dynamic_scopes: &Option<Vec<DynamicScope>>,
        claims: Vec<String>,
        details: &Option<AuthzDetails>,
        rest: Vec<String>,
    ) -> Self {
        let scopes = scopes.iter().flatten().filter_map(|scope| scope.name.clone());
        let dynamic = dynamic_scopes.iter().flatten().filter_map(|scope| scope.value.clone());
        Self {
            client: client.unwrap_or_default(),
            subject: subject.to_owned(),
            scopes: scopes.chain(dynamic).collect(),
            claims,
            details: details.as_ref().and_then(|details| details.elements.clone()).unwrap_or_default(),
            rest,
        }
    }

    /// All that an authorization request asks for.
    pub(super) fn to_all(answer: &AuthorizationResponse, client: Option<i64>, subject: &str) -> Self {
        let mut claims = answer.claims.clone().unwrap_or_default();
        for claim in answer.claims_at_user_info.iter().flatten() {
            if !claims.contains(claim) {
                claims.push(claim.clone());
            }
        }
        Self::whole(
            client,
            subject,
            &answer.scopes,
            &answer.dynamic_scopes,
            claims,
            &answer.authorization_details,
            rest(answer),
        )
    }

    /// The user's unique ID.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The numeric client ID.
    #[must_use]
    pub fn client(&self) -> i64 {
        self.client
    }

    /// Whether `other` has everything that this has, for the same client and user.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.client == other.client
            && self.subject == other.subject
            && is_subset(&self.scopes, &other.scopes)
            && is_subset(&self.claims, &other.claims)
            && is_subset(&self.details, &other.details)
            && is_subset(&self.rest, &other.rest)
    }

    /// Whether this is an answer to the question `asked`: for no more, and for all that can only be allowed whole.
    pub(super) fn answers(&self, asked: &Self) -> bool {
        self.is_within(asked) && is_subset(&asked.rest, &self.rest)
    }

    /// The same where the call that ends the request cannot narrow the authorization details.
    pub(super) fn answers_whole(&self, asked: &Self) -> bool {
        self.answers(asked) && is_subset(&asked.details, &self.details)
    }
}

fn is_subset<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().all(|value| other.contains(value))
}

/// What is asked for and consented to.
pub(super) fn both<T: Clone + PartialEq>(asked: &[T], consented: &[T]) -> Vec<T> {
    asked.iter().filter(|value| consented.contains(value)).cloned().collect()
}

/// A JSON object with only these members. `None` if the text is no object.
pub(super) fn only(object: &str, names: &[String]) -> Option<String> {
    let kept: Vec<&str> = members(object)?
        .into_iter()
        .filter(|member| names.iter().any(|name| *name == member.name))
        .map(|member| member.text)
        .collect();
    Some(format!("{{{}}}", kept.join(",")))
}

/// What Authlete takes from the request when it issues, so that a consent cannot leave it out.
fn rest(answer: &AuthorizationResponse) -> Vec<String> {
    let mut rest = Vec::new();
    let mut add = |name: &str, value: &str| rest.push(format!("{name} {value}"));
    for resource in answer.resources.iter().flatten() {
        add("resource", resource);
    }
    for claim in answer.requested_claims_for_tx.iter().flatten() {
        add("transformed claim", claim);
    }
    if let Some(claims) = &answer.requested_verified_claims_for_tx {
        add("transformed verified claims", &serde_json::to_string(claims).unwrap_or_default());
    }
    for (name, text) in [
        ("id_token", &answer.id_token_claims),
        ("userinfo", &answer.user_info_claims),
        ("transformed_claims", &answer.transformed_claims),
        ("credentials", &answer.issuable_credentials),
        ("purpose", &answer.purpose),
    ] {
        if let Some(text) = text {
            add(name, text);
        }
    }
    if let Some(action) = &answer.gm_action {
        add(action.as_str(), answer.grant_id.as_deref().unwrap_or_default());
    }
    if answer.native_sso_requested == Some(true) {
        add("native_sso", "");
    }
    rest
}

impl fmt::Debug for Consent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Consent")
            .field("client", &self.client)
            .field("scopes", &self.scopes.len())
            .field("claims", &self.claims.len())
            .field("details", &self.details.len())
            .finish_non_exhaustive()
    }
}

impl Serialize for Consent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = (self.client, &self.subject, &self.scopes, &self.claims, &self.details, &self.rest);
        sealed::write(KIND, &body, serializer)
    }
}

impl<'de> Deserialize<'de> for Consent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (client, subject, scopes, claims, details, rest) = sealed::read(KIND, deserializer)?;
        Ok(Self { client, subject, scopes, claims, details, rest })
    }
}
