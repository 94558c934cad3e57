//! One record of the input: a token to create, as the API wants it, with absolute expiry besides.

use std::borrow::Cow;

use authlete::Secret;
use authlete::models::{GrantType, TokenCreateRequest};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::exporter::{BYTE_ORDER_MARK, Unit, whole_of_json, why_not_json};
use super::fields::{FieldType, known, printable, unit};
use super::lifetimes::Lifetimes;
use super::members::AllMembers;
use super::nested::{Details, Extra, Object};
use super::problem::Problem;

/// Where a record starts, and what is wrong with its shape.
pub(super) type Shape = (u64, Result<(), Problem>);

/// A whole number in any notation that is read.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    number_of(Unit::Things, deserializer)
}

/// A time in milliseconds, for which a date may stand.
fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    number_of(Unit::Milliseconds, deserializer)
}

/// A time in seconds, for which a date may stand.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    number_of(Unit::Seconds, deserializer)
}

/// By its text: a float would not tell how it is written.
fn number_of<'de, D: Deserializer<'de>>(unit: Unit, deserializer: D) -> Result<Option<i64>, D::Error> {
    let json: &RawValue = Deserialize::deserialize(deserializer)?;
    whole_of_json(json.get(), unit).map_err(D::Error::custom)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Record {
    pub(crate) grant_type: Option<GrantType>,
    #[serde(default, deserialize_with = "number")]
    pub(crate) client_id: Option<i64>,
    pub(crate) client_identifier: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) access_token: Option<Secret>,
    pub(crate) refresh_token: Option<Secret>,
    /// When the access token expires, in milliseconds since the Unix epoch.
    #[serde(default, deserialize_with = "milliseconds")]
    pub(crate) expires_at: Option<i64>,
    /// The same of the refresh token.
    #[serde(default, deserialize_with = "milliseconds")]
    pub(crate) refresh_token_expires_at: Option<i64>,
    #[serde(default, deserialize_with = "number")]
    pub(crate) access_token_duration: Option<i64>,
    #[serde(default, deserialize_with = "number")]
    pub(crate) refresh_token_duration: Option<i64>,
    pub(crate) access_token_persistent: Option<bool>,
    pub(crate) properties: Option<Vec<Object<Extra>>>,
    pub(crate) client_id_alias_used: Option<bool>,
    pub(crate) client_entity_id_used: Option<bool>,
    pub(crate) metadata_document_used: Option<bool>,
    pub(crate) certificate_thumbprint: Option<String>,
    pub(crate) dpop_key_thumbprint: Option<String>,
    pub(crate) authorization_details: Option<Object<Details>>,
    pub(crate) resources: Option<Vec<String>>,
    pub(crate) for_external_attachment: Option<bool>,
    pub(crate) jwt_at_claims: Option<String>,
    pub(crate) acr: Option<String>,
    #[serde(default, deserialize_with = "seconds")]
    pub(crate) auth_time: Option<i64>,
    pub(crate) session_id: Option<String>,
}

impl Record {
    /// Reads a record from a JSON object.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, Problem> {
        // serde would take an array for a struct.
        if !json.trim_ascii_start().starts_with(b"{") {
            let is_marked = json.starts_with("\u{feff}".as_bytes());
            return Err(if is_marked { Problem::new("record", BYTE_ORDER_MARK) } else { NOT_AN_OBJECT });
        }
        // All at once, rather than string by string.
        let text = std::str::from_utf8(json).map_err(|_| NOT_AN_OBJECT)?;
        serde_json::from_str(text).map_err(|error| diagnose(text, &error))
    }

    /// The access token; empty if there is none.
    pub(crate) fn access_token(&self) -> &str {
        self.access_token.as_ref().map_or("", Secret::expose)
    }

    /// Whether a refresh token goes with this kind of grant.
    pub(crate) fn is_refreshable(&self) -> bool {
        !matches!(self.grant_type, Some(GrantType::Implicit | GrantType::ClientCredentials))
    }

    /// The request for it, and what its lifetimes are to be computed from.
    pub(crate) fn into_request(self) -> Option<(TokenCreateRequest, Lifetimes)> {
        let lifetimes = Lifetimes {
            access: self.expires_at.filter(|_| self.access_token_persistent != Some(true)),
            refresh: self.refresh_token_expires_at,
            refreshable: self.refresh_token.is_some() && self.is_refreshable(),
        };
        let mut request = TokenCreateRequest::new(self.grant_type?);
        request.client_id = self.client_id;
        request.client_identifier = self.client_identifier;
        request.subject = self.subject;
        request.scopes = self.scopes;
        request.access_token = self.access_token;
        request.refresh_token = self.refresh_token;
        request.access_token_duration = self.access_token_duration;
        request.refresh_token_duration = self.refresh_token_duration;
        request.access_token_persistent = self.access_token_persistent;
        request.properties = self.properties.map(|all| all.into_iter().map(|extra| extra.0.into()).collect());
        request.client_id_alias_used = self.client_id_alias_used;
        request.client_entity_id_used = self.client_entity_id_used;
        request.metadata_document_used = self.metadata_document_used;
        request.certificate_thumbprint = self.certificate_thumbprint;
        request.dpop_key_thumbprint = self.dpop_key_thumbprint;
        request.authorization_details = self.authorization_details.map(|details| details.0.into());
        request.resources = self.resources;
        request.for_external_attachment = self.for_external_attachment;
        request.jwt_at_claims = self.jwt_at_claims;
        request.acr = self.acr;
        request.auth_time = self.auth_time;
        request.session_id = self.session_id.map(Into::into);
        Some((request, lifetimes))
    }
}

const NOT_AN_OBJECT: Problem = Problem::new("record", "is not a JSON object");

/// Which field keeps the record from being read. serde's own words would repeat values.
fn diagnose(json: &str, error: &serde_json::Error) -> Problem {
    let members = match serde_json::from_str::<AllMembers<'_>>(json) {
        Ok(AllMembers(members)) => members,
        Err(error) => return Problem::new("record", why_not_json(json, &error)),
    };
    // serde's own words would repeat values, but for these: of a member it knows no value.
    let said = error.to_string();
    let named = |prefix: &str| {
        let name = said.strip_prefix(prefix)?.split('`').next()?;
        Some(printable(name.as_bytes()).unwrap_or_default())
    };
    let of_record = |name: &&str| members.iter().any(|(known, _)| known == name);
    let unknown = named("unknown field `");
    let strangers: Vec<&str> = members
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| known(name.as_bytes()).is_none())
        .collect();
    if !strangers.is_empty() {
        let what = match strangers.len() {
            1 => "has a field that is not known",
            _ => "has fields that are not known",
        };
        let names: Vec<&str> = strangers.iter().filter_map(|name| printable(name.as_bytes())).collect();
        return told("record", what, Some(&names.join(", ")));
    }
    let wrong = members.iter().filter(|(_, value)| value.get() != "null").find_map(|(name, value)| {
        let (field, kind) = known(name.as_bytes())?;
        let what = mismatch(field, kind, value.get())?;
        let inner = unknown.filter(|name| kind == FieldType::Nested && !of_record(name));
        Some(told(field, what, inner))
    });
    wrong.unwrap_or_else(|| match named("duplicate field `") {
        Some(name) => told("record", "has a field twice", Some(name)),
        None => NOT_AN_OBJECT,
    })
}

/// Why a value is none of its field; `None` if it is one.
fn mismatch(field: &str, kind: FieldType, json: &str) -> Option<&'static str> {
    if kind == FieldType::Number {
        return whole_of_json(json, unit(field)).err();
    }
    let value: Value = serde_json::from_str(json).ok()?;
    let (fits, what) = match kind {
        FieldType::Text => (value.is_string(), "must be a string"),
        FieldType::Number => (true, ""),
        FieldType::Flag => (value.is_boolean(), "must be true or false"),
        FieldType::List => {
            let all = value.as_array().is_some_and(|items| items.iter().all(Value::is_string));
            (all, "must be an array of strings")
        }
        FieldType::Nested if field == "properties" => (
            Vec::<Object<Extra>>::deserialize(value).is_ok(),
            "must be an array of objects with key, value and perhaps hidden",
        ),
        FieldType::Nested => (
            Object::<Details>::deserialize(value).is_ok(),
            "must be an object with elements of type, locations, actions, dataTypes, identifier, privileges, and \
             otherFields for any others, as JSON text",
        ),
    };
    (!fits).then_some(what)
}

/// A problem with the name of the member that makes it one.
fn told(field: &'static str, what: &'static str, name: Option<&str>) -> Problem {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => Problem { field, what: Cow::Owned(format!("{what}: {name}")) },
        None => Problem::new(field, what),
    }
}
