//! One record of the input: a token to create, as the API wants it, with absolute expiry besides.

use std::borrow::Cow;
use std::fmt;

use authlete::Secret;
use authlete::models::{GrantType, TokenCreateRequest};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use super::lifetimes::Lifetimes;
use super::nested::{Details, Extra, Object};

/// What is wrong with a record: the field and the rule, never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) field: &'static str,
    pub(crate) what: Cow<'static, str>,
}

impl Problem {
    pub(crate) const fn new(field: &'static str, what: &'static str) -> Self {
        Self { field, what: Cow::Borrowed(what) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.field, self.what)
    }
}

/// Where a record starts, and what is wrong with its shape.
pub(super) type Shape = (u64, Result<(), Problem>);

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldType {
    Text,
    Number,
    Flag,
    /// An array of strings; in CSV they stand in one cell, with spaces between them.
    List,
    /// Nested JSON; in CSV its text.
    Nested,
}

/// Whether a field of text holds JSON, and so may have line breaks.
pub(super) fn is_json_text(field: &str) -> bool {
    field == "jwtAtClaims"
}

/// A name of somebody else's, if it looks like one: what is in the wrong place may be a token.
pub(super) fn printable(name: &[u8]) -> Option<&str> {
    let name = std::str::from_utf8(name).ok()?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' ');
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    ((1..=32).contains(&name.len()) && digits < 3 && name.bytes().all(fits)).then_some(name)
}

/// A whole number, which some exporters write with a point.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    struct Whole;

    impl<'de> Visitor<'de> for Whole {
        type Value = Option<i64>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a whole number")
        }

        fn visit_unit<E: Error>(self) -> Result<Option<i64>, E> {
            Ok(None)
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<Option<i64>, E> {
            Ok(Some(number))
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Option<i64>, E> {
            i64::try_from(number).map(Some).map_err(E::custom)
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<Option<i64>, E> {
            exact(number).map(Some).ok_or_else(|| E::custom("is not a whole number"))
        }
    }

    deserializer.deserialize_any(Whole)
}

/// A whole number written with a point, as long as it has lost no digits.
fn exact(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    // A float that is whole is written without a point.
    (number.fract() == 0.0 && number.abs() < EXACT).then(|| format!("{number:.0}").parse().ok()).flatten()
}

fn integer(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| number.as_f64().filter(|_| number.is_f64()).and_then(exact))
}

/// The fields a record may have.
pub(crate) const FIELDS: [(&str, FieldType); 25] = [
    ("grantType", FieldType::Text),
    ("clientId", FieldType::Number),
    ("clientIdentifier", FieldType::Text),
    ("subject", FieldType::Text),
    ("scopes", FieldType::List),
    ("accessToken", FieldType::Text),
    ("refreshToken", FieldType::Text),
    ("expiresAt", FieldType::Number),
    ("refreshTokenExpiresAt", FieldType::Number),
    ("accessTokenDuration", FieldType::Number),
    ("refreshTokenDuration", FieldType::Number),
    ("accessTokenPersistent", FieldType::Flag),
    ("properties", FieldType::Nested),
    ("clientIdAliasUsed", FieldType::Flag),
    ("clientEntityIdUsed", FieldType::Flag),
    ("metadataDocumentUsed", FieldType::Flag),
    ("certificateThumbprint", FieldType::Text),
    ("dpopKeyThumbprint", FieldType::Text),
    ("authorizationDetails", FieldType::Nested),
    ("resources", FieldType::List),
    ("forExternalAttachment", FieldType::Flag),
    ("jwtAtClaims", FieldType::Text),
    ("acr", FieldType::Text),
    ("authTime", FieldType::Number),
    ("sessionId", FieldType::Text),
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Record {
    pub(crate) grant_type: Option<GrantType>,
    #[serde(default, deserialize_with = "whole")]
    pub(crate) client_id: Option<i64>,
    pub(crate) client_identifier: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) access_token: Option<Secret>,
    pub(crate) refresh_token: Option<Secret>,
    /// When the access token expires, in milliseconds since the Unix epoch.
    #[serde(default, deserialize_with = "whole")]
    pub(crate) expires_at: Option<i64>,
    /// The same of the refresh token.
    #[serde(default, deserialize_with = "whole")]
    pub(crate) refresh_token_expires_at: Option<i64>,
    #[serde(default, deserialize_with = "whole")]
    pub(crate) access_token_duration: Option<i64>,
    #[serde(default, deserialize_with = "whole")]
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
    #[serde(default, deserialize_with = "whole")]
    pub(crate) auth_time: Option<i64>,
    pub(crate) session_id: Option<String>,
}

impl Record {
    /// Reads a record from a JSON object.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, Problem> {
        // serde would take an array for a struct.
        if !json.trim_ascii_start().starts_with(b"{") {
            return Err(NOT_AN_OBJECT);
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
    let Ok(members) = serde_json::from_str::<Map<String, Value>>(json) else {
        return NOT_AN_OBJECT;
    };
    // serde's own words would repeat values, but for these: of a member it knows no value.
    let said = error.to_string();
    let named = |prefix: &str| {
        let name = said.strip_prefix(prefix)?.split('`').next()?;
        Some(printable(name.as_bytes()).unwrap_or_default())
    };
    let of_record = |name: &&str| members.contains_key(*name);
    let unknown = named("unknown field `");
    let doubled = named("duplicate field `");
    let wrong = members.iter().filter(|(_, value)| !value.is_null()).find_map(|(name, value)| {
        let Some(&(field, kind)) = FIELDS.iter().find(|(field, _)| field == name) else {
            return Some(told("record", "has a field that is not known", printable(name.as_bytes())));
        };
        let (fits, what) = match kind {
            FieldType::Text => (value.is_string(), "must be a string"),
            FieldType::Number => (value.as_number().and_then(integer).is_some(), "must be a whole number"),
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
        let inner = unknown.filter(|name| kind == FieldType::Nested && !of_record(name));
        (!fits).then(|| told(field, what, inner))
    });
    wrong.unwrap_or_else(|| match doubled {
        Some(name) => told("record", "has a field twice", Some(name)),
        None => NOT_AN_OBJECT,
    })
}

/// A problem with the name of the member that makes it one.
fn told(field: &'static str, what: &'static str, name: Option<&str>) -> Problem {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => Problem { field, what: Cow::Owned(format!("{what}: {name}")) },
        None => Problem::new(field, what),
    }
}
