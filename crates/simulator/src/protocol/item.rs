//! What one token of a create request must satisfy.

use serde::Deserialize;

use super::client;
use super::codes::{self, Code};
use crate::config::{RefreshTokens, Switches};
use crate::json::Object;
use crate::state::{GrantType, TokenRequest};

/// A broken rule. The text never contains a token or any other value of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) code: Code,
    pub(crate) text: &'static str,
}

/// Where the token is being created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Batch,
    Alone,
}

const fn broken(code: Code, text: &'static str) -> Violation {
    Violation { code, text }
}

/// Checks everything that can be told without looking at the store.
pub(crate) fn check(item: &TokenRequest, switches: &Switches, place: Place) -> Result<GrantType, Violation> {
    let grant_type = match item.grant_type.as_deref() {
        None => return Err(broken(codes::GRANT_TYPE_MISSING, "grantType is missing.")),
        Some("REFRESH_TOKEN") => {
            return Err(broken(codes::GRANT_TYPE_REFUSED, "grantType REFRESH_TOKEN is not allowed."));
        }
        Some(name) => GrantType::parse(name)
            .ok_or(broken(codes::GRANT_TYPE_UNKNOWN, "grantType has an unknown value."))?,
    };
    if item.client_id.is_none() && is_empty(item.client_identifier.as_deref()) {
        return Err(broken(codes::CLIENT_MISSING, "clientId or clientIdentifier is required."));
    }
    if client::resolve(item.client_id, item.client_identifier.as_deref(), switches).is_none() {
        return Err(broken(codes::CLIENT_UNKNOWN, "the service does not have this client."));
    }
    check_tokens(item, grant_type, switches, place)?;
    check_subject(item, grant_type)?;
    if let (Some(supported), Some(scopes)) = (&switches.scopes, &item.scopes)
        && scopes.iter().any(|scope| !supported.contains(scope.as_ref()))
    {
        return Err(broken(codes::SCOPE_UNSUPPORTED, "a scope is not supported by the service."));
    }
    let numbers = [item.access_token_duration, item.refresh_token_duration, item.auth_time, item.client_id];
    if numbers.into_iter().flatten().any(|number| number < 0) {
        return Err(broken(codes::NUMBER_NEGATIVE, "a number that cannot be negative is."));
    }
    if let Some(claims) = &item.jwt_at_claims
        && serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(claims).is_err()
    {
        return Err(broken(codes::JSON_ATTRIBUTE, "jwtAtClaims is not a JSON object."));
    }
    if let Some(details) = &item.authorization_details
        && Object::<Details>::deserialize(details).is_err()
    {
        return Err(broken(codes::JSON_ATTRIBUTE, "authorizationDetails has no elements of the known form."));
    }
    Ok(grant_type)
}

/// The form that `authorizationDetails` must have. Members besides these may be there.
#[derive(Deserialize)]
struct Details {
    #[serde(rename = "elements")]
    _elements: Option<Vec<Object<Element>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only whether they can be read matters")]
struct Element {
    #[serde(rename = "type")]
    kind: String,
    locations: Option<Vec<String>>,
    actions: Option<Vec<String>>,
    data_types: Option<Vec<String>>,
    identifier: Option<String>,
    privileges: Option<Vec<String>>,
    other_fields: Option<String>,
}

fn check_tokens(
    item: &TokenRequest,
    grant_type: GrantType,
    switches: &Switches,
    place: Place,
) -> Result<(), Violation> {
    let missing = match &item.access_token {
        Some(token) => token.is_empty(),
        None => place == Place::Batch && switches.require_access_token,
    };
    if missing {
        return Err(broken(codes::ACCESS_TOKEN_MISSING, "accessToken is missing or empty."));
    }
    let missing = match &item.refresh_token {
        Some(token) => token.is_empty(),
        None => refreshable(grant_type) && switches.refresh_tokens == RefreshTokens::Required,
    };
    if missing {
        return Err(broken(codes::REFRESH_TOKEN_MISSING, "refreshToken is missing or empty."));
    }
    Ok(())
}

fn check_subject(item: &TokenRequest, grant_type: GrantType) -> Result<(), Violation> {
    // Ignored for client credentials, whatever it is.
    if grant_type == GrantType::ClientCredentials {
        return Ok(());
    }
    if grant_type != GrantType::JwtBearer && is_empty(item.subject.as_deref()) {
        return Err(broken(codes::SUBJECT_MISSING, "subject is required for this grantType."));
    }
    match item.subject.as_deref() {
        Some(subject) if !subject.is_ascii() || subject.len() > 100 => {
            Err(broken(codes::SUBJECT_INVALID, "subject must be ASCII of at most 100 characters."))
        }
        _ => Ok(()),
    }
}

/// Whether a refresh token can accompany an access token of this grant type.
pub(crate) fn refreshable(grant_type: GrantType) -> bool {
    !matches!(grant_type, GrantType::Implicit | GrantType::ClientCredentials)
}

/// The refresh token of a request, unless the service, the place or the grant type has none.
pub(crate) fn kept_refresh_token<'a>(
    item: &'a TokenRequest,
    grant_type: GrantType,
    switches: &Switches,
    place: Place,
) -> Option<&'a str> {
    let kept = refreshable(grant_type)
        && match switches.refresh_tokens {
            RefreshTokens::AsGiven | RefreshTokens::Generated | RefreshTokens::Required => true,
            RefreshTokens::Unsupported => false,
            RefreshTokens::DroppedByBatches => place == Place::Alone,
        };
    item.refresh_token.as_deref().filter(|_| kept)
}

fn is_empty(text: Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}
