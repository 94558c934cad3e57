//! Whether a token at the server is what its record says, as far as the server tells.

use std::fmt;
use std::time::Duration;

use authlete::models::{
    AccessToken, AuthorizationDetailsElement, IntrospectionResponse, Property, TokenCreateRequest,
};

use super::wanted::{Wanted, has_refresh_token, subject};
use crate::clock::millis;
use crate::input::hash::{base64url, sha256};

/// In what they differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Differences(u16);

macro_rules! differences {
    ($($name:ident = $bit:literal $word:literal;)+) => {
        impl Differences {
            $(const $name: Self = Self(1 << $bit);)+
            const WORDS: &[(Self, &str)] = &[$((Self::$name, $word)),+];
        }
    };
}

differences! {
    CLIENT = 0 "client";
    SUBJECT = 1 "subject";
    SCOPES = 2 "scopes";
    GRANT_TYPE = 3 "grantType";
    EXPIRY = 4 "expiresAt";
    REFRESH_TOKEN = 5 "refreshToken";
    REFRESH_EXPIRY = 6 "refreshTokenExpiresAt";
    PROPERTIES = 7 "properties";
    DETAILS = 8 "authorizationDetails";
    RESOURCES = 9 "resources";
    THUMBPRINT = 10 "certificateThumbprint";
    ACR = 11 "acr";
    AUTH_TIME = 12 "authTime";
    ATTACHMENT = 13 "forExternalAttachment";
    UNUSABLE = 14 "it cannot be used";
}

impl Differences {
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the refresh token is not there.
    pub(crate) fn lacks_refresh_token(self) -> bool {
        self.0 & Self::REFRESH_TOKEN.0 != 0
    }

    fn note(&mut self, difference: Self, differs: bool) {
        if differs {
            *self = self.and(difference);
        }
    }
}

/// The names of the members that differ, and no values.
impl fmt::Display for Differences {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = Self::WORDS.iter().filter(|(difference, _)| self.0 & difference.0 != 0);
        for (index, (_, word)) in words.enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(formatter, "{comma}{word}")?;
        }
        Ok(())
    }
}

/// How records and tokens are compared.
#[derive(Clone, Copy)]
pub(super) struct Comparison {
    pub(super) tolerance: Duration,
    /// The server's time.
    pub(super) now: i64,
}

impl Comparison {
    /// By what introspection says of a token that exists.
    pub(super) fn introspected(self, wanted: &Wanted<'_>, answer: &IntrospectionResponse) -> Differences {
        let token = wanted.token;
        let mut differences = Differences::default();
        differences.note(Differences::UNUSABLE, answer.usable == Some(false));
        differences.note(Differences::CLIENT, {
            let aliases = [answer.client_id_alias.as_deref(), answer.client_entity_id.as_deref()];
            other_client(token, answer.client_id, &aliases)
        });
        differences.note(Differences::SUBJECT, subject(token) != answer.subject.as_deref());
        differences.note(Differences::GRANT_TYPE, is_other(&answer.grant_type, &token.grant_type));
        differences.note(Differences::SCOPES, !same_strings(&token.scopes, &answer.scopes));
        differences.note(Differences::EXPIRY, self.expires_otherwise(wanted, answer.expires_at));
        if has_refresh_token(wanted, self.now) {
            differences.note(Differences::REFRESH_TOKEN, answer.refreshable == Some(false));
        }
        differences.note(Differences::PROPERTIES, !same_properties(&token.properties, &answer.properties));
        differences.note(Differences::RESOURCES, {
            let resources = answer.access_token_resources.as_ref().or(answer.resources.as_ref());
            !same_strings(&token.resources, &resources.cloned())
        });
        differences.note(Differences::DETAILS, {
            let elements = |details: &Option<authlete::models::AuthzDetails>| {
                details.as_ref().and_then(|details| details.elements.clone()).unwrap_or_default()
            };
            !same_details(&elements(&token.authorization_details), &elements(&answer.authorization_details))
        });
        let thumbprint = answer.certificate_thumbprint.as_deref();
        differences.note(Differences::THUMBPRINT, token.certificate_thumbprint.as_deref() != thumbprint);
        if subject(token).is_some() {
            differences.note(Differences::ACR, token.acr.as_deref() != answer.acr.as_deref());
            let time = |time: Option<i64>| time.unwrap_or(0);
            differences.note(Differences::AUTH_TIME, time(token.auth_time) != time(answer.auth_time));
        }
        let flag = |flag: Option<bool>| flag == Some(true);
        differences.note(
            Differences::ATTACHMENT,
            answer.for_external_attachment.is_some()
                && flag(token.for_external_attachment) != flag(answer.for_external_attachment),
        );
        differences
    }

    /// By what the list says of a token in it.
    pub(super) fn listed(self, wanted: &Wanted<'_>, entry: &AccessToken) -> Differences {
        let token = wanted.token;
        let mut differences = Differences::default();
        differences.note(Differences::CLIENT, other_client(token, entry.client_id, &[None]));
        differences.note(Differences::SUBJECT, subject(token) != entry.subject.as_deref());
        differences.note(Differences::GRANT_TYPE, is_other(&entry.grant_type, &token.grant_type));
        differences.note(Differences::SCOPES, !same_strings(&token.scopes, &entry.scopes));
        differences.note(Differences::EXPIRY, self.expires_otherwise(wanted, entry.access_token_expires_at));
        differences.note(Differences::PROPERTIES, !same_properties(&token.properties, &entry.properties));
        if has_refresh_token(wanted, self.now) {
            let hash = token.refresh_token.as_ref().map(|token| base64url(&sha256(token.expose())));
            differences
                .note(Differences::REFRESH_TOKEN, hash.as_deref() != entry.refresh_token_hash.as_deref());
            let at = entry.refresh_token_expires_at;
            let expected = wanted.lifetimes.refresh;
            differences.note(
                Differences::REFRESH_EXPIRY,
                expected.is_some_and(|expected| self.is_far(expected, at)),
            );
        }
        differences
    }

    fn expires_otherwise(self, wanted: &Wanted<'_>, at: Option<i64>) -> bool {
        /// How the server says that a token never expires is not documented.
        const NEVER: i64 = 10 * 366 * 86_400_000;
        if wanted.token.access_token_persistent == Some(true) {
            return at.is_some_and(|at| at > 0 && at < self.now.saturating_add(NEVER));
        }
        match wanted.lifetimes.access {
            // It had a second left for its refresh token's sake.
            Some(expected) if expected <= self.now => false,
            Some(expected) => self.is_far(expected, at),
            None => false,
        }
    }

    /// Both in milliseconds; 0 is never.
    fn is_far(self, expected: i64, at: Option<i64>) -> bool {
        // The list tells times in whole seconds.
        at.is_some_and(|at| at.abs_diff(expected) > millis(self.tolerance).unsigned_abs() + 1_000)
    }
}

fn other_client(token: &TokenCreateRequest, id: Option<i64>, aliases: &[Option<&str>]) -> bool {
    let named = token.client_identifier.as_deref();
    let wanted = token.client_id.or_else(|| named.and_then(|name| name.parse().ok()));
    match (wanted, named) {
        (Some(wanted), _) => id.is_some_and(|id| id != wanted),
        (None, Some(name)) => {
            let mut told = aliases.iter().flatten().peekable();
            told.peek().is_some() && !told.any(|alias| *alias == name)
        }
        (None, None) => false,
    }
}

fn is_other<T: PartialEq>(told: &Option<T>, wanted: &T) -> bool {
    told.as_ref().is_some_and(|told| told != wanted)
}

/// Whether these are the same, in whatever order. None is as good as an empty list.
fn same_strings(left: &Option<Vec<String>>, right: &Option<Vec<String>>) -> bool {
    let sorted = |list: &Option<Vec<String>>| {
        let mut list = list.clone().unwrap_or_default();
        list.sort_unstable();
        list.dedup();
        list
    };
    sorted(left) == sorted(right)
}

fn same_properties(left: &Option<Vec<Property>>, right: &Option<Vec<Property>>) -> bool {
    let sorted = |list: &Option<Vec<Property>>| {
        let list = list.as_deref().unwrap_or_default();
        let mut list: Vec<_> = list
            .iter()
            .map(|property| (property.key.clone(), property.value.clone(), property.hidden == Some(true)))
            .collect();
        list.sort_unstable();
        list
    };
    sorted(left) == sorted(right)
}

fn same_details(left: &[AuthorizationDetailsElement], right: &[AuthorizationDetailsElement]) -> bool {
    let parts = |element: &AuthorizationDetailsElement| {
        let mut lists = [&element.locations, &element.actions, &element.data_types, &element.privileges]
            .map(Clone::clone);
        lists.iter_mut().for_each(|list| *list = list.take().filter(|list| !list.is_empty()));
        let others = element.other_fields.as_deref().filter(|text| !text.is_empty());
        let others = others
            .map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|_| text.into()));
        (element.type_.clone(), lists, element.identifier.clone(), others)
    };
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| parts(left) == parts(right))
}
