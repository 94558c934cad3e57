//! What the application decides: whose token it is to be, and what goes with it.

use serde::{Deserialize, Deserializer};

use crate::json::Object;
use crate::state::{Approval, Property, TokenRequest};

/// The members with which a request names a ticket and, if it fails, the reason.
#[derive(Debug, Deserialize)]
pub(super) struct TicketCall {
    pub(super) ticket: Option<String>,
    pub(super) reason: Option<String>,
}

/// The members with which a request tells of the user who agreed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Decision {
    subject: Option<String>,
    sub: Option<String>,
    auth_time: Option<i64>,
    acr: Option<String>,
    claims: Option<String>,
    scopes: Option<Vec<String>>,
    session_id: Option<String>,
    #[serde(flatten)]
    attributes: Attributes,
}

impl Decision {
    /// The approval, given the scopes that were asked for; `None` without a subject. The scopes of the decision win.
    pub(super) fn approval(self, asked: &[String]) -> Option<Approval> {
        let Attributes { properties, jwt_at_claims, access_token_duration, refresh_token_duration, .. } =
            self.attributes;
        Some(Approval {
            subject: self.subject.filter(|subject| !subject.is_empty())?,
            sub: self.sub.filter(|sub| !sub.is_empty()),
            scopes: self.scopes.unwrap_or_else(|| asked.to_vec()),
            auth_time: self.auth_time.filter(|time| *time > 0),
            acr: self.acr,
            claims: self.claims,
            session_id: self.session_id,
            properties: properties.0,
            jwt_at_claims,
            access_token_duration,
            refresh_token_duration,
        })
    }
}

/// The members that say what a token is to be like.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Attributes {
    pub(super) access_token: Option<Box<str>>,
    access_token_duration: Option<i64>,
    refresh_token_duration: Option<i64>,
    properties: Properties,
    jwt_at_claims: Option<String>,
}

impl Attributes {
    /// Makes a token so. What the request does not say stays, and properties come on top.
    pub(super) fn apply(self, token: &mut TokenRequest) {
        let positive = |asked: Option<i64>| asked.filter(|asked| *asked > 0);
        token.access_token = self.access_token.filter(|token| !token.is_empty());
        token.access_token_duration = positive(self.access_token_duration).or(token.access_token_duration);
        token.refresh_token_duration = positive(self.refresh_token_duration).or(token.refresh_token_duration);
        token.jwt_at_claims = self.jwt_at_claims.or(token.jwt_at_claims.take());
        token.properties.get_or_insert_default().extend(self.properties.0.into_iter().map(Object));
    }
}

/// The token that an approval is for.
pub(super) fn token_of(approval: &Approval) -> TokenRequest {
    TokenRequest {
        subject: Some(approval.subject.as_str().into()),
        scopes: Some(approval.scopes.iter().map(|scope| scope.as_str().into()).collect()),
        auth_time: approval.auth_time,
        acr: approval.acr.clone(),
        properties: Some(approval.properties.iter().cloned().map(Object).collect()),
        jwt_at_claims: approval.jwt_at_claims.clone(),
        session_id: approval.session_id.clone(),
        access_token_duration: approval.access_token_duration.filter(|lasts| *lasts > 0),
        refresh_token_duration: approval.refresh_token_duration.filter(|lasts| *lasts > 0),
        ..TokenRequest::default()
    }
}

/// Properties: an array or, as the API description has it for token requests, its text.
#[derive(Debug, Default)]
struct Properties(Vec<Property>);

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Given {
            List(Vec<Object<Property>>),
            Text(String),
        }

        let list = match Option::deserialize(deserializer)? {
            None => Vec::new(),
            Some(Given::List(list)) => list,
            Some(Given::Text(text)) if text.is_empty() => Vec::new(),
            Some(Given::Text(text)) => serde_json::from_str(&text).map_err(serde::de::Error::custom)?,
        };
        Ok(Self(list.into_iter().map(|Object(property)| property).collect()))
    }
}
